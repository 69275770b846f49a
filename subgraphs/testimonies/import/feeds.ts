import type { Feed } from '../../../kernel/import/feed.ts';
import { testimonies } from './open-data.merge.ts';
import { replyDuties } from './reply-duties.merge.ts';
import { testimonyLinks } from './testimony-links.merge.ts';

/** Feeds of the testimonies subgraph. */
export const testimoniesFeeds: readonly Feed[] = [testimonies, replyDuties, testimonyLinks];
