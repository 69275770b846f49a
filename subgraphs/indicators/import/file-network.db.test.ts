import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import type { IndicatorsTables } from '../tables.ts';
import { networkResults } from './network-results.merge.ts';
import { spResults } from './sp-results.merge.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'owner');
beforeAll(() => buildSmallCountry(database));

const RESULTS = 'reseau;site;territoire;indicateur;periode;valeur;statistique\n';
const load = (rows: string, network?: string) =>
  importText(
    database.url,
    networkResults,
    RESULTS + rows,
    network === undefined ? {} : { options: { network } },
  );
const published = async (value: string) =>
  (await sql<{ network_id: string }>`select network_id from result where value = ${value}`.execute(db)).rows;

test.each(['agences', 'NET-agences'])('rows without a network take that of the file: %s', async (network) => {
  const value = network === 'agences' ? '51' : '52';
  const report = await load(`;SITE-a1;;IND-SATISFACTION;2020;${value};\n`, network);
  expect(report).toMatchObject({ state: 'PUBLISHED', counts: { accepted: 1 } });
  expect(await published(value)).toEqual([{ network_id: 'NET-agences' }]);
});

test('rows of another network than that of the file are rejected, statistics too', async () => {
  const rows = 'agences;SITE-a1;;IND-SATISFACTION;2019;50;\ncaisses;SITE-k1;;IND-SATISFACTION;2019;50;\n';
  const statistic = 'caisses;;FR;IND-SATISFACTION;2019;50;minimum\n';
  const report = await load(`${rows}${statistic}`, 'agences');
  expect(report.state).toBe('REFUSED');
  expect(problemsOf(report)).toEqual(['OTHER_NETWORK REJECTED 2']);
  expect(report.problems[0]?.samples).toMatchObject([
    { line: 3, column: 'reseau', sample: 'caisses' },
    { line: 4, column: 'reseau', sample: 'caisses' },
  ]);
});

test('without the option each row needs a network', async () => {
  expect(problemsOf(await load(';SITE-a1;;IND-SATISFACTION;2018;50;\n'))).toEqual(['REQUIRED REJECTED 1']);
});

test('a network that does not exist is a wrong option', async () => {
  expect(await load('agences;SITE-a1;;IND-SATISFACTION;2018;50;\n', 'nulle-part')).toMatchObject({
    state: 'REFUSED',
    refusal: { code: 'BAD_OPTION', message: expect.stringContaining('found "nulle-part"') },
  });
});

test('the open-data export: the structure of another network is rejected too', async () => {
  const header =
    'code_sp_structure,titre_original_de_l_indicateur,code_sp_de_l_indicateur,valeur,date_de_mise_a_jour\n';
  const text = `${header}k1,Satisfaction,IND-SATISFACTION,50,2020-05-01\n`;
  const load = (network: string) => importText(database.url, spResults, text, { options: { network } });
  // A row without a network is of that of the file: its structure is then of another.
  expect(problemsOf(await load('agences'))).toEqual(['OTHER_NETWORK QUARANTINED 1']);
  expect(await load('caisses')).toMatchObject({ state: 'PUBLISHED', counts: { accepted: 1 } });
});
