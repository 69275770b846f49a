import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { recoverStale } from './entries.ts';
import { runImport } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { toyDatabase } from './toy/database.ts';
import { MERGED, toyResults } from './toy/results.ts';

const { url, owner, reset, journal, stored } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-concurrency-'));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(reset);

const HEADER = 'Code du résultat;Code structure;Valeur';

async function file(name: string, ...rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, [HEADER, ...rows].join('\n'));
  return path;
}
const run = (path: string, options: Partial<RunOptions> = {}) =>
  runImport(toyResults, path, { databaseUrl: url, ...options });

/** The lock of the toy feed, in this database only: other test files import beside this one. */
const HOLDS_IT = `locktype = 'advisory' and objid = ${MERGED}
  and database = (select oid from pg_database where datname = current_database())`;

/** Waits until an import is inside its transaction, after its rows were merged: the toy feed then holds a lock. */
const merging = () =>
  vi.waitFor(
    async () => {
      const found = await sql`select from pg_locks where ${sql.raw(HOLDS_IT)} and granted`.execute(owner);
      expect(found.rows).toHaveLength(1);
    },
    { timeout: 15_000, interval: 20 },
  );

test('while an import runs, readers see the old version and the journal says RUNNING', async () => {
  await run(await file('a.csv', 'R1;S1;1'));
  const running = run(await file('b.csv', 'R1;S1;2', 'R2;S1;3'), { options: { delay: '0.5' } });
  await merging();
  expect(await stored()).toMatchObject([{ value: '1' }]);
  expect(await journal()).toMatchObject([{ state: 'PUBLISHED' }, { state: 'RUNNING', publication: null }]);
  expect(await recoverStale(owner), 'a living import is left alone').toBe(0);
  await running;
  expect(await stored()).toMatchObject([{ value: '2' }, { value: '3' }]);
});

test('of two imports of one scope one waits, and says so; both are published in turn', async () => {
  const log: string[] = [];
  const first = run(await file('a.csv', 'R1;S1;1'), { options: { delay: '0.5' } });
  await merging();
  const second = run(await file('b.csv', 'R1;S1;2'), { log: (message) => log.push(message) });
  expect((await Promise.all([first, second])).map(({ publication }) => publication)).toEqual(['1', '2']);
  expect(log).toEqual(['waiting for another import of toy-results (all) to finish']);
  expect(await stored()).toMatchObject([{ value: '2' }]);
});

test('the same file twice at once is imported once', async () => {
  const path = await file('a.csv', 'R1;S1;1');
  const reports = await Promise.all([run(path), run(path), run(path)]);
  expect(reports.map(({ state }) => state).sort()).toEqual([
    'ALREADY_IMPORTED',
    'ALREADY_IMPORTED',
    'PUBLISHED',
  ]);
  expect(await journal()).toHaveLength(1);
});

test('kill -9 in the middle: the old version is served, the next run cleans up', async () => {
  await run(await file('a.csv', 'R1;S1;1'));
  const script = fileURLToPath(new URL('./toy/slow-import.ts', import.meta.url));
  const child = spawn(process.execPath, [script, url, await file('b.csv', 'R1;S1;2', 'R2;S1;3')], {
    stdio: 'inherit',
  });
  await merging();
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await stored()).toMatchObject([{ value: '1' }]);
  // It waits until the server has noticed that the other end is gone.
  const report = await run(await file('b.csv', 'R1;S1;2', 'R2;S1;3'));
  expect(report).toMatchObject({ state: 'PUBLISHED', publication: '2' });
  expect(await journal()).toMatchObject([
    { state: 'PUBLISHED' },
    { state: 'FAILED', publication: null, reason: 'the process that ran it stopped' },
    { state: 'PUBLISHED' },
  ]);
});

test('a connection cut in the middle fails the import, and nothing else', async () => {
  await run(await file('a.csv', 'R1;S1;1'));
  const path = await file('b.csv', 'R1;S1;2');
  const failed = expect(run(path, { options: { delay: '60' } })).rejects.toThrow(/terminat/i);
  await merging();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`select pg_terminate_backend(pid) from pg_locks where ${HOLDS_IT}`);
  await admin.end();
  await failed;
  expect(await stored()).toMatchObject([{ value: '1' }]);
  expect(await run(path)).toMatchObject({ state: 'PUBLISHED' });
  expect((await journal()).map(({ state }) => state)).toEqual(['PUBLISHED', 'FAILED', 'PUBLISHED']);
});
