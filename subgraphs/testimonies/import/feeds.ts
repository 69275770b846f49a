import type { Feed } from '../../../kernel/import/feed.ts';
import { testimonies } from './open-data.merge.ts';

/** Feeds of the testimonies subgraph. */
export const testimoniesFeeds: readonly Feed[] = [testimonies];
