import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { type ConnectOptions, connect } from '../../kernel/postgres/database.ts';
import { migrateAll } from '../../kernel/postgres/migrate.ts';
import type { Role } from '../../kernel/postgres/roles.ts';

export interface TestDatabase {
  url: string;
  /** A pool that is closed with the database. */
  connect<DB>(subgraph: string, role: Role, options?: ConnectOptions): Kysely<DB>;
}

export type TestDatabaseOptions =
  /** `empty`: not even migrated. `migrated` (default): the hub's schema without rows. */
  | { template?: 'empty' | 'migrated' }
  /** A data set shared by several files of a run: the first that asks builds it, on a migrated database. */
  | { template: string; build: (url: string) => Promise<void> };

/**
 * A database of its own for a test file, dropped after it. Call it once, at the top of the file:
 *
 *     const database = await testDatabase();
 *     const db = database.connect<Tables>('indicators', 'public');
 *
 * Two files that name the same template must pass the same `build` (import it from one module).
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { prefix } = inject('cluster');
  const name = `${prefix}${randomUUID().slice(0, 12).replaceAll('-', '')}`;
  await withServer(async (server) => {
    const template = await templateFor(server, options);
    // Copies files instead of replaying pages through the log: half the time for a loaded data set.
    await server.query(`create database ${name} template ${template} strategy file_copy`);
  });
  const url = urlOf(name);
  const pools: { destroy(): Promise<void> }[] = [];
  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.destroy()));
    await withServer((server) => dropDatabase(server, name));
  });
  return {
    url,
    connect: <DB>(subgraph: string, role: Role, connectOptions?: ConnectOptions) => {
      const db = connect<DB>(url, subgraph, role, connectOptions);
      pools.push(db);
      return db;
    },
  };
}

/** Drops a database; an autovacuum worker in it is the server's own, which only time ends. */
async function dropDatabase(server: pg.Client, name: string, tries = 50): Promise<void> {
  try {
    await server.query(`drop database if exists ${name} with (force)`);
  } catch (error) {
    const occupied = error instanceof pg.DatabaseError && error.code === '42501';
    if (!occupied || tries === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 200));
    await dropDatabase(server, name, tries - 1);
  }
}

async function templateFor(server: pg.Client, options: TestDatabaseOptions): Promise<string> {
  if (options.template === 'empty') return 'template1';
  const migrated = await template(server, 'migrated', 'template1', (url) => migrateAll(url));
  if (!('build' in options)) return migrated;
  return template(server, options.template, migrated, options.build);
}

/** Builds a template unless another worker of the run did; one at a time, the others wait. */
async function template(
  server: pg.Client,
  label: string,
  from: string,
  build: (url: string) => Promise<void>,
): Promise<string> {
  const name = `${inject('cluster').prefix}t_${label.replaceAll(/\W/g, '_')}`;
  await server.query('select pg_advisory_lock(hashtext($1))', [name]);
  try {
    const found = await server.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rows.length > 0) return name;
    const draft = `${name}_draft`;
    await dropDatabase(server, draft);
    await server.query(`create database ${draft} template ${from}`);
    await build(urlOf(draft));
    await server.query(`alter database ${draft} rename to ${name}`);
    return name;
  } finally {
    await server.query('select pg_advisory_unlock(hashtext($1))', [name]);
  }
}

function urlOf(database: string): string {
  const url = new URL(inject('cluster').url);
  url.pathname = `/${database}`;
  return url.href;
}

async function withServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: inject('cluster').url });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}
