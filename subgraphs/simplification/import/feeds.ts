import type { Feed } from '../../../kernel/import/feed.ts';
import { documents } from './documents.merge.ts';
import { reports } from './reports.merge.ts';
import { rewrites } from './rewrites.merge.ts';
import { testSessions } from './test-sessions.merge.ts';

/** What can be imported about complex documents, in the order of a first loading. */
export const simplificationFeeds: readonly Feed[] = [documents, reports, rewrites, testSessions];
