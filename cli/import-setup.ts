import type { Config } from '../kernel/config.ts';
import type { Feed, Undoable } from '../kernel/import/feed.ts';
import type { ImportSource } from '../kernel/import/workspace.ts';
import { cogSource } from '../subgraphs/administrations/import/cog.source.ts';
import { openDatabase } from './database.ts';
import { FEEDS, UNDOABLE } from './feeds.ts';
import { prepareDatabase } from './prepare.ts';
import { REFRESHES } from './refresh.ts';

/** What the verbs of imports need from the process: the feeds, a database, what to refresh. */
export interface ImportSetup {
  feeds: ReadonlyMap<string, Feed>;
  /** What can be undone beside imports of these feeds: publications made through the graph. */
  undoable: ReadonlyMap<string, Undoable>;
  /** Opens (or starts) the database; `close` lets it go. */
  connect(): Promise<{ databaseUrl: string; close(): Promise<void> }>;
  /** Called one after the other once a feed that `touchesDirectory` is published or undone. */
  refreshes: readonly ((databaseUrl: string) => Promise<void>)[];
  /** Feeds whose file the hub brings itself, or makes of the files of a folder. */
  brought: ReadonlyMap<string, (folder?: string) => Promise<ImportSource>>;
}

/** The hub's own feeds on the configured database, brought up to date first: an import may be the first command. */
export const importSetup = (config: Config): ImportSetup => ({
  feeds: FEEDS,
  undoable: UNDOABLE,
  refreshes: REFRESHES,
  brought: new Map([['cog', cogSource]]),
  connect: async () => {
    const database = await openDatabase(config);
    // Ctrl-C ends the import (its transaction is undone) and, on the way out, the server started for it.
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
    try {
      await prepareDatabase(database.url, () => undefined);
    } catch (error) {
      await database.stop();
      throw error;
    }
    return { databaseUrl: database.url, close: () => database.stop() };
  },
});
