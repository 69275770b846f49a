import { createHash, randomUUID } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { insertRows } from '../../../test/kit/insert.ts';
import { folderStore } from '../file/store/folder.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { type Eraser, eraseReports } from './erase.query.ts';
import { purgeReports } from './purge.query.ts';

const database = await testDatabase();
const owner = database.connect<SimplificationDatabase>('simplification', 'owner');
const root = await mkdtemp(join(tmpdir(), 'hub-privacy-'));
afterAll(() => rm(root, { recursive: true }));
const folder = join(root, 'files');
const incoming = join(folder, 'incoming');
const eraser: Eraser = { owner, store: folderStore(folder) };
const SECRET = 'zorglub';
const NOW = new Date('2026-11-22T10:00:00Z');

/** A file in the store and in its table. */
async function file(row: object): Promise<string> {
  const id = `FILE-${randomUUID()}`;
  const bytes = Buffer.from(`${SECRET} in ${id}`);
  const path = join(root, id);
  await writeFile(path, bytes);
  const known = {
    type: 'text/plain',
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
  await eraser.store.put(id, { path, ...known });
  await insertRows(owner, 'simplification.file', [{ id, deposited_by: 'key:1', ...known, ...row }]);
  return id;
}

const report = (row: { id: string } & Record<string, string | null>) =>
  insertRows(owner, 'simplification.report', [
    {
      network_id: 'NET-caf',
      kind: 'LETTER',
      status: 'RECEIVED',
      received_on: '2024-01-10',
      comment: `${SECRET} does not understand`,
      suggestion: `Tell ${SECRET}`,
      url: `https://caf.fr/?name=${SECRET}`,
      ...row,
    },
  ]);
const attached = (id: string, rank = 1) => file({ network_id: 'NET-caf', report_id: id, rank });

/** Everything that holds the secret: lines of the schema, samples of the planner, files. */
async function traces(): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query('analyze');
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = 'simplification'`,
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(
        `select t::text as line from simplification."${name}" t`,
      );
      lines.push(...rows.map(({ line }) => `${name} ${line}`));
    }
    const samples = await client.query<{ line: string }>(
      `select concat_ws(' ', tablename, attname, most_common_vals::text, histogram_bounds::text) as line
         from pg_stats where schemaname = 'simplification'`,
    );
    lines.push(...samples.rows.map(({ line }) => line));
    for (const path of filesLeft()) lines.push(`${path} ${await readFile(path, 'utf8')}`);
    return lines.filter((line) => line.includes(SECRET));
  } finally {
    await client.end();
  }
}
const filesLeft = () =>
  globSync(`${folder}/**/*`, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

beforeEach(async () => {
  await sql`truncate simplification.report, simplification.file, simplification.erased_report, simplification.import_before,
    simplification.import cascade`.execute(owner);
  await rm(folder, { recursive: true, force: true });
});

/** A test of the rewriting of a report, where a tester is quoted. */
async function quoted(id: string): Promise<void> {
  const test = { network_id: 'NET-caf', report_id: id };
  const criteria = ['sentences', 'vocabulary', 'order', 'layout'].flatMap((name) => [
    [`${name}_before`, 1],
    [`${name}_after`, 3],
  ]);
  await insertRows(owner, 'simplification.rewrite', [
    {
      ...test,
      ...Object.fromEntries(criteria),
      number: 1,
      before: 'Avant',
      after: 'Après',
      written_on: '2024-02-01',
    },
  ]);
  await insertRows(owner, 'simplification.user_test', [
    {
      ...test,
      id: `TEST-${id}`,
      rewrite: 1,
      tested_on: '2024-03-01',
      testers: 3,
      understood: 2,
      completed: 2,
      remarks: `${SECRET} hesitates`,
    },
  ]);
}

/** An import that keeps a report as it was before it. */
async function importBefore(id: string): Promise<void> {
  const importId = randomUUID();
  await insertRows(owner, 'simplification.import', [
    {
      id: importId,
      feed: 'reports',
      scope: 'all',
      file_name: 'r.csv',
      sha256: 'x',
      bytes: 1,
      state: 'FAILED',
    },
  ]);
  await sql`
    insert into simplification.import_before (import_id, entity, entity_id, before)
    select ${importId}, 'report', 'NET-caf|' || r.id, to_jsonb(r) from simplification.report r
     where r.id = ${id}`.execute(owner);
}

test('erasing leaves nothing of what a reporter wrote and sent, nowhere, and the facts of nobody', async () => {
  await report({ id: 'REP-1' });
  await importBefore('REP-1');
  await quoted('REP-1');
  const files = [await attached('REP-1'), await attached('REP-1', 2)];
  expect((await traces()).length).toBeGreaterThanOrEqual(4);
  expect(await eraseReports(eraser, ['REP-1', 'REP-1'])).toEqual({
    reports: ['REP-1'],
    files: 2,
    unknown: [],
  });
  expect(await traces()).toEqual([]);
  expect(filesLeft()).toEqual([]);
  for (const id of files) expect(await eraser.store.get(id)).toBeNull();
  const [kept] = (await sql<{ id: string }>`select id from simplification.import`.execute(owner)).rows;
  await sql`
    update simplification.user_test set remarks = ${`${SECRET} again`}, import_id = ${kept?.id}`.execute(
    owner,
  );
  expect(await traces()).toEqual([]);
  const { rows } = await sql`select id, kind, comment from simplification.report`.execute(owner);
  expect(rows).toEqual([{ id: 'REP-1', kind: 'LETTER', comment: null }]);
  const audit = await sql`
    select subject, network_id, object_id, before, after from simplification.audit
     where action = 'REPORT_ERASED'`.execute(owner);
  expect(audit.rows).toEqual([
    { subject: 'operator', network_id: 'NET-caf', object_id: 'REP-1', before: null, after: null },
  ]);
  expect(await eraseReports(eraser, ['REP-1'])).toEqual({ reports: [], files: 0, unknown: [] });
});

test('other reports keep what they have', async () => {
  await report({ id: 'REP-1' });
  await report({ id: 'REP-2' });
  const kept = await attached('REP-2');
  await eraseReports(eraser, ['REP-1']);
  expect((await traces()).map((line) => line.split(' ')[0])).toEqual([
    'report',
    expect.stringContaining(kept),
  ]);
});

test('what was erased does not come back, by whatever writes it', async () => {
  expect(await eraseReports(eraser, ['REP-9'])).toEqual({ reports: [], files: 0, unknown: ['REP-9'] });
  await report({ id: 'REP-9' });
  await sql`update simplification.report set comment = ${SECRET}, suggestion = ${SECRET}`.execute(owner);
  expect(await traces()).toEqual([]);
});

test('a store that fails leaves the report to be erased again', async () => {
  await report({ id: 'REP-1' });
  await attached('REP-1');
  const broken = { ...eraser.store, remove: () => Promise.reject(new Error('The store is away.')) };
  await expect(eraseReports({ owner, store: broken }, ['REP-1'])).rejects.toThrow('away');
  expect(await eraseReports(eraser, ['REP-1'])).toMatchObject({ reports: ['REP-1'], files: 1 });
  expect(await traces()).toEqual([]);
});

test.each(['REP-', 'TEM-1', '', 'REP-%'])('%j is not the id of a report', async (id) => {
  await expect(async () => eraseReports(eraser, [id])).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
});

const RULES = { keptDays: 365, incoming, now: NOW };
const done = (day: string) => ({ status: 'DISSEMINATED', tested_on: day, disseminated_on: day });

test('a purge erases what came with reports that ended more than a year ago', async () => {
  await report({ id: 'REP-1', ...done('2025-11-21') });
  await report({
    id: 'REP-2',
    status: 'DECLINED',
    declined_on: '2025-11-21',
    comment: null,
    suggestion: null,
    url: null,
  });
  await attached('REP-2');
  // On the day itself, and one that has not ended.
  await report({ id: 'REP-3', ...done('2025-11-22') });
  await report({ id: 'REP-4', received_on: '2020-01-01' });
  expect(await purgeReports(eraser, RULES)).toEqual({ reports: 2, files: 1, waiting: 0 });
  expect((await traces()).map((line) => /REP-\d/.exec(line)?.[0]).sort()).toEqual(['REP-3', 'REP-4']);
  expect(await purgeReports(eraser, RULES)).toEqual({ reports: 0, files: 0, waiting: 0 });
});

test('a purge removes files that no report took within a day, and what a crash left', async () => {
  await file({ deposited_at: '2026-11-21T09:59:00Z' });
  const fresh = await file({ deposited_at: '2026-11-21T10:01:00Z' });
  // Announced, and never said to be whole: its process died.
  await file({ deposited_at: '2026-11-20T10:00:00Z', type: null, bytes: null, sha256: null });
  await mkdir(incoming, { recursive: true });
  for (const [name, hours] of [
    ['old', 25],
    ['new', 1],
  ] as const) {
    const path = join(incoming, name);
    await writeFile(path, SECRET);
    const at = new Date(NOW.getTime() - hours * 3_600_000);
    await utimes(path, at, at);
  }
  expect(await purgeReports(eraser, RULES)).toEqual({ reports: 0, files: 0, waiting: 2 });
  expect(
    filesLeft()
      .map((path) => path.split('/').at(-1))
      .sort(),
  ).toEqual([fresh, 'new'].sort());
});

test('a file whose report is gone waits like one that was never attached', async () => {
  await report({ id: 'REP-1' });
  await file({ network_id: 'NET-caf', report_id: 'REP-1', rank: 1, deposited_at: '2026-01-01T00:00:00Z' });
  await sql`delete from simplification.report`.execute(owner);
  expect(await purgeReports(eraser, RULES)).toMatchObject({ waiting: 1 });
  expect(filesLeft()).toEqual([]);
});
