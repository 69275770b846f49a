import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Kysely } from 'kysely';
import { DEFAULT_MIGRATION_TABLE, type MigrationResultSet, Migrator } from 'kysely/migration';
import pg from 'pg';
import { connect } from './database.ts';
import { migrationsIn } from './migrations.ts';
import { provision } from './provision.ts';
import { watchPublished } from './published.ts';
import { SUBGRAPHS } from './roles.ts';

/** Where the migrations of one schema are read; the name is also that of the schema and of its roles. */
export interface MigrationSource {
  name: string;
  folder: string;
}

export type Log = (message: string) => void;

/** Any number will do, as long as nothing else in the database locks the same one. */
const LOCK = 7_254_001;

/** The hub's own schemas, in order: administrations first, whose `directory` the others may refer to. */
export function hubMigrations(): MigrationSource[] {
  const sources = SUBGRAPHS.map((name) => ({
    name: name as string,
    folder: `../../subgraphs/${name}/migrations`,
  }));
  const contacts = { name: 'contacts', folder: '../../subgraphs/testimonies/contact/migrations' };
  const all = [...sources, contacts, { name: 'gateway', folder: '../../gateway/migrations' }];
  return all
    .map(({ name, folder }) => ({ name, folder: fileURLToPath(new URL(folder, import.meta.url)) }))
    .filter(({ name, folder }) => name !== 'gateway' || existsSync(folder));
}

/**
 * Brings a database to the newest schema: roles, schemas, extensions, then each source's migrations as its
 * `_owner`, all of one source in one transaction. Idempotent; a second process waits for the first.
 *
 * @throws Error naming the migration that failed; what earlier sources did stays.
 */
export async function migrateAll(
  url: string,
  log: Log = () => undefined,
  sources: readonly MigrationSource[] = hubMigrations(),
): Promise<void> {
  await alone(url, async (client) => {
    await provision(
      client,
      sources.map(({ name }) => name),
    );
    let migrated = false;
    for (const source of sources) {
      if (await isUpToDate(client, source)) continue;
      migrated = (await migrate(url, source, log, (migrator) => migrator.migrateToLatest())) || migrated;
    }
    await watchPublished(client, [...sources.map(({ name }) => name), 'directory'], migrated);
  });
}

/** The common case, told by one statement instead of the many the Migrator needs: every start comes here. */
async function isUpToDate(client: pg.Client, source: MigrationSource): Promise<boolean> {
  const table = `${source.name}.${DEFAULT_MIGRATION_TABLE}`;
  const found = await client.query('select to_regclass($1) is not null as made', [table]);
  if (!found.rows[0]?.made) return false;
  const { rows } = await client.query<{ name: string }>(
    `select name from ${table} order by name collate "C"`,
  );
  const wanted = Object.keys(await migrationsIn(source.folder));
  return wanted.length === rows.length && wanted.every((name, at) => name === rows[at]?.name);
}

/** Takes back the last migration of one source; false when there was none. */
export async function migrateDown(
  url: string,
  source: MigrationSource,
  log: Log = () => undefined,
): Promise<boolean> {
  return alone(url, () => migrate(url, source, log, (migrator) => migrator.migrateDown()));
}

async function migrate(
  url: string,
  source: MigrationSource,
  log: Log,
  move: (migrator: Migrator) => Promise<MigrationResultSet>,
): Promise<boolean> {
  const db: Kysely<unknown> = connect(url, source.name, 'owner', { max: 1 });
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => migrationsIn(source.folder) },
      migrationTableSchema: source.name,
    });
    const { error, results = [] } = await move(migrator);
    const failed = results.find(({ status }) => status === 'Error')?.migrationName;
    if (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`Migration ${source.name}/${failed ?? '?'} failed: ${reason}`, { cause: error });
    }
    for (const { direction, migrationName } of results) {
      log(`${direction === 'Up' ? 'applied' : 'took back'} ${source.name}/${migrationName}`);
    }
    return results.length > 0;
  } finally {
    await db.destroy();
  }
}

/** Runs `work` while no other process migrates this database. */
async function alone<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'hub migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('set client_min_messages to warning');
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    return await work(client);
  } finally {
    await client.end();
  }
}
