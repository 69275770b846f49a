import type { Feed } from '../kernel/import/feed.ts';
import { administrationsFeeds } from '../subgraphs/administrations/import/feeds.ts';
import { indicatorsFeeds } from '../subgraphs/indicators/import/feeds.ts';

/** Every feed that can be imported, by its name. */
export const FEEDS: ReadonlyMap<string, Feed> = new Map(
  [...administrationsFeeds, ...indicatorsFeeds].map((feed) => [feed.name, feed]),
);
