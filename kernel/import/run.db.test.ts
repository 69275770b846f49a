import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from './report.ts';
import { runImport } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { toyDatabase } from './toy/database.ts';
import { toyResults } from './toy/results.ts';

const { url, owner } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-run-'));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  await sql`truncate toy.result, toy.import cascade`.execute(owner);
  await sql`insert into toy.structure (id, name) values ('S1', 'CAF du Gard'), ('S2', 'CAF du Nord')`.execute(
    owner,
  );
});

const HEADER = 'Code du résultat;Code structure;Valeur;Unité;Libellé;Date de mise à jour';

async function run(
  content: string | Buffer,
  options: Partial<RunOptions> = {},
  name = 'results.csv',
): Promise<ImportReport> {
  const path = join(folder, name);
  await writeFile(path, content);
  return runImport(toyResults, path, { databaseUrl: url, ...options });
}

const stored = () =>
  owner
    .selectFrom('toy.result')
    .select(['id', 'structure', 'value', 'label', 'updated_on'])
    .orderBy('id')
    .execute();

const journal = async () =>
  (
    await sql<{
      state: string;
      accepted: string;
    }>`select state, accepted from toy.import order by started_at`.execute(owner)
  ).rows;

test('a good file is published and journaled', async () => {
  const report = await run(
    `${HEADER}\nR1;S1;98,5 %;%;"deux\nlignes";30/10/2023\nR2;S2;12;jours;;2023-10-30\n`,
  );
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    publication: '1',
    counts: { read: 2, accepted: 2, rejected: 0 },
  });
  expect(report.merge).toEqual({ inserted: 2, updated: 0, unchanged: 0, closed: 0 });
  expect(await stored()).toEqual([
    { id: 'R1', structure: 'S1', value: '98.5', label: 'deux\nlignes', updated_on: '2023-10-30' },
    { id: 'R2', structure: 'S2', value: '12', label: null, updated_on: '2023-10-30' },
  ]);
  expect(await journal()).toEqual([{ state: 'PUBLISHED', accepted: '2' }]);
});
