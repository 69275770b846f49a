import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { on } from '../fixtures/ask.ts';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { HQ, writersCountry } from '../fixtures/writers.ts';
import { networkResults } from '../import/network-results.merge.ts';

const { database, ask } = await writersCountry();

beforeAll(async () => {
  const directory = database.connect<object>('administrations', 'owner');
  // A site that shows the figure of its département, and one that shows the result of a structure of another département.
  await sql`
    insert into directory.site (id, name, pivot, pivots, network_id, source_commune_code, departement_id, region_id)
    values ('SITE-k6', 'SITE-k6', 'agence', '{agence}', 'NET-caisses', '00000', 'DEP-59', 'REG-32')`.execute(
    directory,
  );
  await sql`
    insert into directory.structure_site (structure_id, site_id, method, confidence, import_id)
    values ('STR-unlinked', 'SITE-d3', 'reviewed', 'CERTAIN', gen_random_uuid())`.execute(directory);
});

const HEADER =
  'reseau;code_sp_structure;site;territoire;indicateur;periode;tres;plutot;plutot_pas;pas_du_tout';

/** Publishes satisfied and other users of what is named. */
async function publish(network: string, year: string, counts: Record<string, readonly [number, number]>) {
  const rows = Object.entries(counts).map(([id, [satisfied, others]]) => {
    const subject = ['STR-', 'SITE'].map((kind) => (id.startsWith(kind) ? id : ''));
    const territory = /^(FR|DEP-|REG-)/.test(id) ? id : '';
    return [network, ...subject, territory, 'IND-SATISFACTION', year, satisfied, 0, others, 0].join(';');
  });
  expect(problemsOf(await importText(database.url, networkResults, [HEADER, ...rows].join('\n')))).toEqual(
    [],
  );
}

/** The gap of a place to a level: its bounds, method, and whether it is more than chance. */
async function gapOf(id: string, year: string, level = 'NATIONAL') {
  const fields = `local { value } gapUncertainty(level: ${level}) { low high method significant reason }`;
  const type = id.startsWith('STR-') ? 'Structure' : 'Site';
  const { data, errors } = await ask(
    HQ,
    on(type, id, `comparison(indicator: "IND-SATISFACTION", period: "${year}") { ${fields} }`),
  );
  expect(errors).toBeUndefined();
  const { low, high, method, significant, reason } = data._entities[0].comparison.gapUncertainty;
  return reason ?? [low, high, method, significant];
}

const NOTHING_APART = [0, 0, 'NEWCOMBE', false];

test('a result that is no unit is in no figure: the two are compared as if they shared no answer', async () => {
  await publish('NET-caisses', '2015', { 'STR-k1': [160, 40], 'SITE-k5': [70, 30] });
  expect(await gapOf('SITE-k5', '2015')).toEqual([-20.79, 0.14, 'NEWCOMBE', false]);
  // The only unit is the nation, and its département shows its very result.
  expect(await gapOf('STR-k1', '2015')).toEqual(NOTHING_APART);
  expect(await gapOf('STR-k1', '2015', 'DEPARTEMENT')).toEqual(NOTHING_APART);
});

test('what a source publishes for a territory may be made of other answers; what is computed is made of its units', async () => {
  await publish('NET-agences', '2016', { FR: [1300, 700], 'SITE-a1': [40, 10], 'SITE-b1': [60, 40] });
  expect(await gapOf('SITE-a1', '2016')).toEqual([1.8, 24.01, 'NEWCOMBE', true]);
  expect(await gapOf('SITE-a1', '2016', 'REGION')).toEqual([2.75, 22.09, 'NEWCOMBE', true]);
});

test('equal counts of another result do not make it the same', async () => {
  await publish('NET-caisses', '2017', { 'STR-k': [70, 30], 'STR-k1': [70, 30], 'STR-k2': [60, 40] });
  expect(await gapOf('STR-k', '2017')).toEqual(NOTHING_APART);
  expect(await gapOf('STR-k1', '2017')).toEqual([-12.55, 12.55, 'NEWCOMBE', false]);
});

test('a site may show the result of a structure that stands in another département', async () => {
  await publish('NET-agences', '2018', {
    'STR-unlinked': [30, 30],
    'SITE-d1': [70, 30],
    'SITE-d2': [60, 40],
  });
  expect(await gapOf('SITE-d3', '2018', 'DEPARTEMENT')).toEqual([-28.78, -0.96, 'NEWCOMBE', true]);
  expect(await gapOf('SITE-d3', '2018', 'REGION')).toEqual([-22.13, -0.74, 'NEWCOMBE', true]);
  expect(await gapOf('STR-unlinked', '2018', 'DEPARTEMENT')).toEqual(NOTHING_APART);
});

test('a territory is a part of another as its units are, unless its figure was published', async () => {
  await publish('NET-caisses', '2019', { 'STR-k1': [90, 10], 'STR-k3a': [30, 20], 'STR-k3b': [40, 10] });
  expect(await gapOf('SITE-k6', '2019', 'DEPARTEMENT')).toEqual(NOTHING_APART);
  expect(await gapOf('SITE-k6', '2019')).toEqual([-15.29, -4.5, 'NEWCOMBE', true]);
  await publish('NET-caisses', '2020', { 'STR-k1': [160, 40], 'DEP-62': [66, 34] });
  expect(await gapOf('SITE-k4', '2020', 'DEPARTEMENT')).toEqual(NOTHING_APART);
  expect(await gapOf('SITE-k4', '2020')).toEqual([-20.06, 0.65, 'NEWCOMBE', false]);
});
