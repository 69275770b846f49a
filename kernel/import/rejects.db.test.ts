import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { neutralised } from './formula.ts';
import { rejectsName } from './rejects.ts';
import { runImport } from './run.ts';
import { toyDatabase } from './toy/database.ts';
import { toyResults } from './toy/results.ts';

const { url } = await toyDatabase();
const folder = await mkdtemp(join(tmpdir(), 'hub-rejects-'));
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['=HYPERLINK("x")', `'=HYPERLINK("x")`],
  ['+cmd', `'+cmd`],
  ['@sum', `'@sum`],
  ['-x', `'-x`],
  ['\t=1', `'\t=1`],
  ['-5', '-5'],
  ['-5,5 %', '-5,5 %'],
  ['+33 4 74', '+33 4 74'],
  ['- 5', '- 5'],
  ['-5+cmd', `'-5+cmd`],
  ['a=b', 'a=b'],
  ['', ''],
])('cell %j is written as %j', (cell, written) => {
  expect(neutralised(cell)).toBe(written);
});

test.each([
  ['results.csv', 'results.rejects.csv'],
  ['/data/results.csv.gz', 'results.rejects.csv'],
  ['annuaire-2016.json.gz', 'annuaire-2016.rejects.csv'],
  ['standard input', 'standard input.rejects.csv'],
])('rejects of %s go to %s', (name, file) => {
  expect(rejectsName(name)).toBe(file);
});

test('thousands of rejects, with several problems each, are all written in the order of the file', async () => {
  const rows = Array.from({ length: 7000 }, (_, index) =>
    index % 3 === 0 ? `R${index};S1;1` : `r ${index};;n.d.`,
  );
  const stream = Readable.from([`Code du résultat;Code structure;Valeur\n${rows.join('\n')}`]);
  const report = await runImport(
    toyResults,
    { name: 'many.csv', stream },
    { databaseUrl: url, rejectsDir: folder },
  );
  expect(report.counts).toMatchObject({ read: 7000, accepted: 2334, rejected: 4666 });
  expect(report.problems.map(({ code, count, samples }) => [code, count, samples.length])).toEqual([
    ['BAD_CODE', 4666, 5],
    ['NOT_A_DECIMAL', 4666, 5],
    ['REQUIRED', 4666, 5],
  ]);
  const written = (await readFile(report.rejectsFile ?? '', 'utf8')).trimEnd().split('\n').slice(1);
  const expected = rows.flatMap((row, index) =>
    index % 3 === 0 ? [] : Array.from({ length: 3 }, () => `${index + 2}|${row}`),
  );
  expect(written.map((line) => `${line.split(';')[0]}|${line.split(';').slice(5).join(';')}`)).toEqual(
    expected,
  );
});

test('rejects of a JSON file hold the element', async () => {
  const stream = Readable.from(['[{"code du resultat":"R1","Code structure":"S1","valeur":"x"}]']);
  const report = await runImport(
    toyResults,
    { name: 'j.json', stream },
    { databaseUrl: url, rejectsDir: folder },
  );
  expect((await readFile(report.rejectsFile ?? '', 'utf8')).split('\n').slice(0, 2)).toEqual([
    '\ufeffline;column;code;severity;expected;id;structure;value;unit;label;updated_on',
    '1;valeur;NOT_A_DECIMAL;REJECTED;expected a number such as 78,5;R1;S1;x',
  ]);
});
