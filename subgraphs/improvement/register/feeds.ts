import type { Feed } from '../../../kernel/import/feed.ts';
import { LISTENING_BODIES } from '../body/body.kind.ts';
import { ECO_MEASURES } from '../eco/eco.kind.ts';
import { FREQUENT_ERRORS } from '../error/error.kind.ts';
import { GOOD_PRACTICES } from '../practice/practice.kind.ts';
import { PRACTICE_REUSES } from '../practice/reuse.kind.ts';
import { TRAINING_COUNTS } from '../training/training.kind.ts';
import { feedOf } from './feed.ts';

/** The feeds of the registers, those that others name first. */
export const registerFeeds: readonly Feed[] = [
  feedOf(FREQUENT_ERRORS),
  feedOf(GOOD_PRACTICES),
  feedOf(PRACTICE_REUSES),
  feedOf(LISTENING_BODIES),
  feedOf(TRAINING_COUNTS),
  feedOf(ECO_MEASURES),
];
