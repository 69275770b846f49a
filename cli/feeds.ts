import type { Feed, Undoable } from '../kernel/import/feed.ts';
import { administrationsFeeds } from '../subgraphs/administrations/import/feeds.ts';
import { improvementFeeds } from '../subgraphs/improvement/import/feeds.ts';
import { indicatorsFeeds } from '../subgraphs/indicators/import/feeds.ts';
import { indicatorsWritten } from '../subgraphs/indicators/publication/written.ts';
import { simplificationFeeds } from '../subgraphs/simplification/import/feeds.ts';
import { testimoniesFeeds } from '../subgraphs/testimonies/import/feeds.ts';

/** Every feed that can be imported, by its name. */
export const FEEDS: ReadonlyMap<string, Feed> = new Map(
  [
    ...administrationsFeeds,
    ...indicatorsFeeds,
    ...testimoniesFeeds,
    ...simplificationFeeds,
    ...improvementFeeds,
  ].map((feed) => [feed.name, feed]),
);

/** What can be undone: imports, and what was published through the graph. */
export const UNDOABLE: ReadonlyMap<string, Undoable> = new Map([
  ...FEEDS,
  ...indicatorsWritten.map((written) => [written.name, written] as const),
]);
