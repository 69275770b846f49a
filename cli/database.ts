import { resolve } from 'node:path';
import type { Config } from '../kernel/config.ts';
import { log } from '../kernel/log.ts';
import { startEmbeddedPostgres } from '../kernel/postgres/embedded.ts';

/** The database that a command works on. */
export interface OpenDatabase {
  url: string;
  /** True when it is the embedded one. */
  embedded: boolean;
  /** Stops the embedded server when this process started it; otherwise does nothing. */
  stop(): Promise<void>;
}

/**
 * `DATABASE_URL` when set, else the embedded PostgreSQL of the data folder: the one that a running hub
 * holds, or one started for the length of the command. `say` is told where it puts things, if elsewhere.
 */
export async function openDatabase(
  config: Config,
  say: (message: string) => void = (message) => log.debug(message),
): Promise<OpenDatabase> {
  if (config.databaseUrl) {
    return { url: config.databaseUrl, embedded: false, stop: async () => undefined };
  }
  const postgres = await startEmbeddedPostgres({
    dataDir: resolve(config.dataDir, 'postgres'),
    log: say,
  });
  return { url: postgres.url, embedded: true, stop: () => postgres.stop() };
}

/** Runs one command on the database and releases it whatever happens. */
export async function withDatabase<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  const database = await openDatabase(config);
  try {
    return await work(database.url);
  } finally {
    await database.stop();
  }
}
