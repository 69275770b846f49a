import type { Feed } from '../../../kernel/import/feed.ts';
import { registerFeeds } from '../register/feeds.ts';
import { actionPlans } from './action-plans.merge.ts';
import { actions } from './actions.merge.ts';
import { conferences } from './conferences.merge.ts';
import { decisions } from './decisions.merge.ts';
import { gaps } from './gaps.merge.ts';
import { ideas } from './ideas.merge.ts';
import { impacts } from './impacts.merge.ts';
import { labelAudits, labelSurveys } from './label-evidence.merge.ts';
import { labels } from './labels.merge.ts';
import { majorActions } from './major-actions.merge.ts';
import { selfDiagnoses } from './self-diagnoses.merge.ts';

/** What can be imported about improvement, in the order of a first loading. */
export const improvementFeeds: readonly Feed[] = [
  selfDiagnoses,
  actionPlans,
  actions,
  gaps,
  labels,
  labelAudits,
  labelSurveys,
  impacts,
  conferences,
  ideas,
  majorActions,
  decisions,
  ...registerFeeds,
];
