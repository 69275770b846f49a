import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import type { ImportReport } from './report.ts';
import { runImport } from './run.ts';
import type { RunOptions } from './run-options.ts';
import { toyDatabase } from './toy/database.ts';
import { toyResults } from './toy/results.ts';

const { url, reader, reset, journal, stored } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-run-'));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(reset);

const HEADER = 'Code du résultat;Code structure;Valeur;Unité;Libellé;Date de mise à jour';
const GOOD = `${HEADER}\nR1;S1;98,5 %;%;"deux\nlignes";30/10/2023\nR2;S2;12;jours;;2023-10-30\n`;

async function run(
  content: string | Buffer,
  options: Partial<RunOptions> = {},
  name = 'results.csv',
): Promise<ImportReport> {
  const path = join(folder, name);
  await writeFile(path, content);
  return runImport(toyResults, path, { databaseUrl: url, ...options });
}

const ROWS = [
  { id: 'R1', structure: 'S1', value: '98.5', label: 'deux\nlignes', updated_on: '2023-10-30' },
  { id: 'R2', structure: 'S2', value: '12', label: null, updated_on: '2023-10-30' },
];
const JSON_ROWS = [
  {
    code_du_resultat: 'R1',
    code_sp_structure: 'S1',
    valeur: '98,5',
    unite: '%',
    libelle: 'deux\nlignes',
    date_de_mise_a_jour: '2023-10-30',
  },
  {
    code_du_resultat: 'R2',
    code_sp_structure: 'S2',
    valeur: 12,
    unite: 'jours',
    libelle: null,
    date_de_mise_a_jour: '30/10/2023',
  },
];

test.each([
  ['CSV', GOOD],
  ['CSV with a byte order mark and CRLF', `\ufeff${GOOD.replaceAll(/(?<!deux)\n/g, '\r\n')}`],
  ['CSV with commas', GOOD.replaceAll(',', '.').replaceAll(';', ',')],
  ['CSV with tabs', GOOD.replaceAll(';', '\t')],
  ['CSV in windows-1252', Buffer.from(GOOD, 'latin1')],
  ['compressed CSV', gzipSync(GOOD)],
  ['a JSON array', JSON.stringify(JSON_ROWS)],
  ['a wrapped JSON array', JSON.stringify({ total: 2, resultats: JSON_ROWS }, null, 1)],
  ['one JSON object per line', JSON_ROWS.map((row) => JSON.stringify(row)).join('\n')],
])('%s is published, the same rows whatever the form', async (what, content) => {
  const report = await run(content);
  expect(report).toMatchObject({ state: 'PUBLISHED', publication: '1', refusal: null });
  expect(report.counts).toEqual({ read: 2, accepted: 2, rejected: 0, quarantined: 0, notices: 0 });
  expect(report.merge).toEqual({ inserted: 2, updated: 0, unchanged: 0, closed: 0 });
  expect(report.notices).toEqual(
    what.includes('1252') ? ['the file is not UTF-8: it was read as windows-1252'] : [],
  );
  expect(await stored()).toEqual(ROWS);
  expect(await journal()).toEqual([
    { kind: 'IMPORT', state: 'PUBLISHED', accepted: '2', publication: '1', reason: null },
  ]);
});

test('a named stream is imported like a file', async () => {
  const report = await runImport(
    toyResults,
    { name: 'stdin.csv', stream: Readable.from([GOOD]) },
    { databaseUrl: url },
  );
  expect(report).toMatchObject({ state: 'PUBLISHED', fileName: 'stdin.csv' });
  expect(await stored()).toEqual(ROWS);
});

test.each([
  ['a word for a value', 'R3;S1;n.d.;%;;', 'NOT_A_DECIMAL', 'Valeur', 'n.d.'],
  ['an empty value', 'R3;S1;;%;;', 'REQUIRED', 'Valeur', ''],
  ['a rate of 120 %', 'R3;S1;120 %;%;;', 'OUT_OF_RANGE', 'Valeur', '120'],
  ['a rate of −3', 'R3;S1;−3;%;;', 'OUT_OF_RANGE', 'Valeur', '-3'],
  ['a day that does not exist', 'R3;S1;1;%;;30/02/2023', 'NOT_A_DATE', 'Date de mise à jour', '30/02/2023'],
  ['an unknown unit', 'R3;S1;1;points;;', 'NOT_ALLOWED', 'Unité', 'points'],
  ['a malformed code', 'r 3;S1;1;%;;', 'BAD_CODE', 'Code du résultat', 'r 3'],
  ['a text too long', `R3;S1;1;%;${'x'.repeat(41)};`, 'TOO_LONG', 'Libellé', 'x'.repeat(41)],
  ['a ragged row', 'R3;S1;1', 'RAGGED_ROW', null, 'R3 | S1 | 1'],
  ['contradictory rows', 'R3;S1;1;%;;\nR3;S1;2;%;;', 'CONTRADICTORY_ROW', null, '(R3)'],
])('%s refuses the file, unless the rejects are accepted', async (_what, row, code, column, sample) => {
  const report = await run(`${GOOD}${row}\n`);
  const rejected = row.includes('\n') ? 2 : 1;
  expect(report).toMatchObject({ state: 'REFUSED', refusal: { code: 'REJECTED_ROWS' }, merge: null });
  expect(report.counts).toMatchObject({ read: 2 + rejected, accepted: 2, rejected });
  expect(report.problems).toMatchObject([{ code, severity: 'REJECTED', count: rejected }]);
  expect(report.problems[0]?.samples[0]).toEqual({
    line: 5,
    column,
    sample,
    message: expect.stringMatching(/^expected/),
  });
  expect(await stored()).toEqual([]);
  expect(await journal()).toMatchObject([
    {
      state: 'REFUSED',
      publication: null,
      reason: rejected === 1 ? '1 row is rejected' : '2 rows are rejected',
    },
  ]);

  const accepted = await run(`${GOOD}${row}\n`, { acceptRejects: true });
  expect(accepted).toMatchObject({ state: 'PUBLISHED', counts: report.counts, problems: report.problems });
  expect(await stored()).toEqual(ROWS);
});

test('a file without one good row is refused even where its rejects are accepted', async () => {
  const bad = `${HEADER}\nR1;S1;n.d.;;;\nR2;S1;;;;\n`;
  const options = { acceptRejects: true, dryRun: true };
  for (const report of [await run(bad, options), await run(bad, { ...options, dryRun: false })]) {
    expect(report).toMatchObject({
      state: 'REFUSED',
      counts: { accepted: 0, rejected: 2 },
      refusal: { code: 'NO_GOOD_ROW', message: '2 rows are rejected and no good row is left to publish' },
    });
  }
  expect(await journal()).toMatchObject([{ state: 'REFUSED', publication: null }]);
});

test.each([
  ['CSV', 'results.csv', 'ID;code_sp_structure;VALEUR;Unite\nR1;S1;n.d.;\nR2;S9;1;\nR3;S1;120;\n'],
  [
    'JSON',
    'results.json',
    JSON.stringify([
      { ID: 'R1', code_sp_structure: 'S1', VALEUR: 'n.d.' },
      { ID: 'R2', code_sp_structure: 'S9', VALEUR: 1 },
      { ID: 'R3', code_sp_structure: 'S1', VALEUR: 120 },
    ]),
  ],
])('problems name the columns as the %s file does', async (_what, name, content) => {
  const { problems } = await run(content, {}, name);
  const columns = problems.map(({ code, samples }) => `${code} ${samples[0]?.column}`).sort();
  expect(columns).toEqual([
    'NOT_A_DECIMAL VALEUR',
    'OUT_OF_RANGE VALEUR',
    'UNKNOWN_STRUCTURE code_sp_structure',
  ]);
});

test.each([
  ['a duplicate header', GOOD.replace('Libellé', 'VALEUR'), 'DUPLICATE_HEADER', 1],
  ['a missing column', GOOD.replace('Valeur', 'Value (old)'), 'MISSING_COLUMN', 1],
  ['an unclosed quote', `${GOOD}R3;S1;"1;%;;\nR4;S1;2;%;;\n`, 'BAD_CSV', 5],
  ['a NUL', `${GOOD}R3;S1;\0;%;;\n`, 'NUL_BYTE', 5],
  ['a truncated gzip', gzipSync(GOOD).subarray(0, -4), 'DAMAGED_GZIP', null],
  ['a truncated JSON', JSON.stringify(JSON_ROWS).slice(0, -3), 'BAD_JSON', 1],
])('%s refuses the file with a clear error', async (_what, content, code, line) => {
  const report = await run(content, { acceptRejects: true });
  expect(report).toMatchObject({ state: 'REFUSED', refusal: { code, line }, merge: null });
  expect(await stored()).toEqual([]);
  expect((await journal()).every(({ state }) => state === 'REFUSED')).toBe(true);
});

test('a row that names something unknown is quarantined and counted, the rest is published', async () => {
  const report = await run(`${GOOD}R3;S9;1;%;;\n`, { rejectsDir: folder });
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    counts: { read: 3, accepted: 2, rejected: 0, quarantined: 1 },
  });
  expect(report.problems).toMatchObject([
    {
      code: 'UNKNOWN_STRUCTURE',
      severity: 'QUARANTINED',
      samples: [{ line: 5, column: 'Code structure', sample: 'S9' }],
    },
  ]);
  expect(await stored()).toEqual(ROWS);
});

test('identical rows are merged into the first with a notice, 78.5 and 78.50 being the same', async () => {
  const report = await run(`${HEADER}\nR1;S1;78.5;%;x;\nR2;S1;1;%;;\nR1;S1;78,50 %;%;x;\n`);
  expect(report).toMatchObject({
    state: 'PUBLISHED',
    counts: { read: 3, accepted: 2, rejected: 0, notices: 1 },
  });
  expect(report.problems).toMatchObject([
    {
      code: 'DUPLICATE_ROW',
      severity: 'NOTICE',
      samples: [{ line: 4, message: 'same as line 2, counted once' }],
    },
  ]);
});

test('a dry run gives the same report and keeps nothing, not even in the journal', async () => {
  const content = `${GOOD}R3;S9;1;%;;\nR4;S1;n.d.;%;;\n`;
  for (const acceptRejects of [true, false]) {
    const dry = await run(content, { dryRun: true, acceptRejects, rejectsDir: folder });
    expect(await stored()).toEqual([]);
    expect(await journal()).toEqual([]);
    const wet = await run(content, { acceptRejects, rejectsDir: folder });
    expect(dry).toEqual({
      ...wet,
      state: acceptRejects ? 'DRY_RUN' : 'REFUSED',
      importId: null,
      publication: null,
      seconds: dry.seconds,
    });
    await reset();
  }
});

test('rejected and quarantined rows are written with their cells, formulas neutralised', async () => {
  const report = await run(
    `${HEADER};Note\nR3;S9;-5,5;jours;=1+1;;ok\nR4;S1;n.d.;%;"-x\ny";;"+33 1"\nR5;S1;5;%;;;\n`,
    { rejectsDir: folder },
    'q.csv.gz',
  );
  expect(report.rejectsFile).toBe(join(folder, 'q.rejects.csv'));
  expect(await readFile(report.rejectsFile ?? '', 'utf8')).toBe(
    `\ufeffline;column;code;severity;expected;${HEADER};Note\n` +
      `2;Code structure;UNKNOWN_STRUCTURE;QUARANTINED;expected the code of a known structure;R3;S9;-5,5;jours;'=1+1;;ok\n` +
      `3;Valeur;NOT_A_DECIMAL;REJECTED;expected a number such as 78,5;R4;S1;n.d.;%;"'-x\ny";;+33 1\n`,
  );
});

test('the same file twice is already imported, until another takes its place', async () => {
  const first = await run(GOOD);
  expect(await run(GOOD, {}, 'renamed.csv')).toMatchObject({
    state: 'ALREADY_IMPORTED',
    importId: first.importId,
    publication: '1',
    importedAt: expect.any(Date),
  });
  expect(await journal()).toHaveLength(1);
  expect(await run(GOOD, { force: true })).toMatchObject({ state: 'PUBLISHED', merge: { unchanged: 2 } });
  expect(await run(GOOD, { options: { period: '2023' } })).toMatchObject({
    state: 'PUBLISHED',
    publication: '3',
  });
  expect(await run(GOOD.replace('98,5', '97'))).toMatchObject({ state: 'PUBLISHED', merge: { updated: 1 } });
  expect(await run(GOOD)).toMatchObject({ state: 'PUBLISHED', merge: { updated: 1 }, publication: '5' });
});

test.each([
  [{ year: '2023' }, 'toy-results has no option "year" (it has: period, delay)'],
  [{ period: '23' }, 'option "period": expected a year, found "23"'],
])('options %j are refused', async (options, message) => {
  expect(await run(GOOD, { options })).toMatchObject({
    state: 'REFUSED',
    refusal: { code: 'BAD_OPTION', message },
  });
});

test('what the SQL of a feed throws leaves everything as it was, and the journal says so', async () => {
  await run(GOOD);
  await expect(run(GOOD.replace('98,5', '97'), { options: { delay: 'x' } })).rejects.toThrow(
    /double precision/,
  );
  expect(await stored()).toEqual(ROWS);
  expect(await journal()).toMatchObject([
    { state: 'PUBLISHED' },
    { state: 'FAILED', reason: expect.stringMatching(/double precision/) },
  ]);
});

test('provenance is kept, and readers see where a fact comes from, not the file that was refused', async () => {
  await run(GOOD, { source: 'CAF', publishedOn: '2024-01-15' });
  const seen =
    await sql`select file_name, source, licence, published_on, sha256 is not null as traced from import`.execute(
      reader,
    );
  expect(seen.rows).toEqual([
    {
      file_name: 'results.csv',
      source: 'CAF',
      licence: 'Licence Ouverte 2.0',
      published_on: '2024-01-15',
      traced: true,
    },
  ]);
  await expect(sql`select reason from import`.execute(reader)).rejects.toThrow(/permission denied/);
  await expect(sql`select before from import_before`.execute(reader)).rejects.toThrow(/permission denied/);
});
