import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../kernel/postgres/embedded.ts';
import { isServing, readPostmaster, signal } from '../../kernel/postgres/postmaster.ts';
import { exists } from '../../kernel/postgres/processes.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where test databases are made, and the prefix of the names of those of this run. */
    cluster: { url: string; prefix: string };
  }
}

const PREFIX = 'hub-test-';
const SHARED = Symbol.for('hub test cluster');

interface Shared {
  cluster: { url: string; prefix: string };
  close(): Promise<void>;
}

/**
 * One PostgreSQL for the whole run, whatever the number of projects that ask for it: TEST_DATABASE_URL (its
 * user needs CREATEDB and CREATEROLE) or an embedded one in a temporary folder.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const holder: typeof globalThis & { [SHARED]?: Promise<Shared> } = globalThis;
  holder[SHARED] ??= open();
  const shared = await holder[SHARED];
  project.provide('cluster', shared.cluster);
  return () => shared.close();
}

async function open(): Promise<Shared> {
  const prefix = `test_${randomUUID().slice(0, 8)}_`;
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    return { cluster: { url: given, prefix }, close: once(() => dropAll(given, prefix)) };
  }
  sweep();
  const dataDir = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  chmodSync(dataDir, 0o755);
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false });
  const close = once(async () => {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return { cluster: { url: postgres.url, prefix }, close };
}

/** Each project closes what it was given; the first one to do so is enough. */
function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

/** Servers and folders of runs that were killed. */
function sweep(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    if (exists(Number.parseInt(name.slice(PREFIX.length), 10))) continue;
    const folder = join(tmpdir(), name);
    const server = readPostmaster(join(folder, 'cluster', 'data'));
    if (server && isServing(server.pid, folder)) signal(server.pid, 'SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const found = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  );
  for (const { name } of found.rows) await client.query(`drop database if exists ${name} with (force)`);
  await client.end();
}
