import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { runImport } from '../../../kernel/import/run.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { importText } from '../fixtures/import-text.ts';
import { buildSmallCountry } from '../fixtures/small-country.ts';
import { barometre } from '../import/barometre.merge.ts';
import { networkResults } from '../import/network-results.merge.ts';
import type { IndicatorsTables } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');
beforeAll(async () => {
  await buildSmallCountry(database);
  for (const scope of ['national', 'regional', 'departemental']) {
    const file = `data/barometre/barometre-qualite-service-${scope}.csv`;
    const report = await runImport(barometre, file, { databaseUrl: database.url });
    expect(report.state).toBe('PUBLISHED');
  }
});

const rates = (territory: string, network = 'ALL') =>
  db
    .selectFrom('indicators.transparency')
    .select(['year', 'rate', 'basis', 'publishing', 'expected', 'transparent'])
    .where('territory_id', '=', territory)
    .where('network_id', '=', network)
    .orderBy('year')
    .execute();

test('the published rates of the Pas-de-Calais and the national satisfaction, with their provenance', async () => {
  const pasDeCalais = await rates('DEP-62');
  expect(pasDeCalais.map(({ rate }) => rate)).toEqual(['7', '28', '24', '41', '41', '75']);
  expect(new Set(pasDeCalais.map(({ basis }) => basis))).toEqual(new Set(['PUBLISHED']));
  const satisfaction = await db
    .selectFrom('indicators.figure as f')
    .innerJoin('indicators.import as i', 'i.id', 'f.import_id')
    .select(['f.period_start', 'f.value', 'f.basis', 'i.file_name', 'i.licence', 'f.import_row'])
    .where('f.indicator_id', '=', 'IND-BAROMETRE-SATISFACTION')
    .where('f.territory_id', '=', 'FR')
    .orderBy('f.period_start')
    .execute();
  expect(satisfaction.map(({ value }) => value)).toEqual(['72', '71', '74', '76', '73', '71']);
  expect(satisfaction[0]).toMatchObject({
    period_start: '2017-01-01',
    basis: 'PUBLISHED',
    file_name: 'barometre-qualite-service-national.csv',
    licence: 'Licence Ouverte 2.0',
    import_row: 6,
  });
});

test('unknown territories are quarantined and counted, not lost silently', async () => {
  const report = await importText(
    database.url,
    barometre,
    'id_indicateur,code_departement,date,valeur\ntx-transparence-resultats,99,2022-12-31,50\n'.replace(
      '99',
      '975',
    ),
  );
  expect(report.problems).toMatchObject([{ code: 'UNKNOWN_TERRITORY', severity: 'QUARANTINED', count: 1 }]);
});

test('the computed rate is the plain mean of the networks that have sites there', async () => {
  // 2024: no published rate. DEP-62 holds three agences, two sites of the caisses, and the national network.
  const lines = [
    'reseau;code_sp_structure;site;territoire;indicateur;periode;valeur',
    'NET-agences;;SITE-d1;;IND-SATISFACTION;2024;80',
    'NET-agences;;SITE-d2;;IND-SATISFACTION;2024;80',
    'NET-agences;pair;;;IND-SATISFACTION;2024;80',
    'NET-caisses;;;DEP-62;IND-SATISFACTION;2024;70',
    'NET-nationale;n;;;IND-SATISFACTION;2024;60',
  ];
  expect((await importText(database.url, networkResults, lines.join('\n'))).state).toBe('PUBLISHED');
  expect(await rates('DEP-62', 'NET-agences')).toEqual([
    // Two of three sites are not more than two thirds.
    {
      year: 2024,
      rate: '66.666667',
      basis: 'COMPUTED_UNWEIGHTED',
      publishing: 2,
      expected: 3,
      transparent: false,
    },
  ]);
  expect(await rates('DEP-62', 'NET-caisses')).toMatchObject([
    { rate: '100', publishing: 2, expected: 2, transparent: true },
  ]);
  expect(await rates('DEP-38', 'NET-agences')).toMatchObject([
    { rate: '66.666667', publishing: 2, expected: 3 },
  ]);
  expect(await rates('DEP-59', 'NET-agences')).toMatchObject([{ rate: '0', publishing: 0, expected: 1 }]);
  for (const departement of ['DEP-01', 'DEP-38', 'DEP-59', 'DEP-62']) {
    expect(await rates(departement, 'NET-nationale')).toMatchObject([{ rate: '100', transparent: true }]);
  }
  const of2024 = async (id: string) => (await rates(id)).filter(({ year }) => year === 2024);
  // (2/3 + 1 + 1) / 3; the mean is taken before rounding.
  expect(await of2024('DEP-62')).toMatchObject([{ rate: '88.888889', publishing: 2, expected: 3 }]);
  // No site of the caisses there.
  expect(await of2024('DEP-59')).toMatchObject([{ rate: '50', expected: 2 }]);
  // No method is published for régions and the nation.
  expect(await of2024('REG-32')).toEqual([]);
  expect(await of2024('FR')).toEqual([]);
});

test('networks left out by the published method do not count', async () => {
  const admin = database.connect<IndicatorsTables>('administrations', 'owner');
  await sql`update directory.network set counts_in_transparency = false where id = 'NET-agences'`.execute(
    admin,
  );
  await importText(
    database.url,
    networkResults,
    'reseau;site;indicateur;periode;valeur\nNET-agences;SITE-d1;IND-SATISFACTION;2025;80\nNET-caisses;SITE-k4;IND-SATISFACTION;2025;80\n',
  );
  const rows = (await rates('DEP-62')).filter(({ year }) => year === 2025);
  // The caisses: one of two sites; the national network: nothing that year.
  expect(rows).toMatchObject([{ rate: '25', expected: 2 }]);
});
