import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { startHub } from '../kit/hub.ts';
import { nationalDatabase } from '../kit/national.ts';
import { graphAt } from './ask.ts';
import { publishBarometer, publishScores } from './beside.ts';
import type { Comparison } from './compare.ts';
import { openOracle } from './oracle.ts';
import { publishQuarters } from './quarters.ts';

const database = await nationalDatabase();
// Quarters beside a year: periods within periods, of which some hold too few answers.
const quarters = await publishQuarters(database, {
  network: 'NET-police',
  indicator: 'IND-SATISFACTION',
  year: 2022,
});
await publishBarometer(database);
await publishScores(database);
const hub = await startHub(database.url);
const ask = graphAt(hub.url);
const oracle = await openOracle(database.url, () => undefined);
afterAll(() => oracle.close());

/** Compared something, and found it right. */
function expectAgreement(comparisons: readonly Comparison[], least: number): void {
  for (const { what, compared, differences, samples } of comparisons) {
    expect({ what, differences, samples }).toEqual({ what, differences: 0, samples: [] });
    expect(compared, what).toBeGreaterThanOrEqual(least);
  }
}

test('every figure of every level', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.figures(ask), 9000);
});

test('what is withheld, also beside a year or its quarters, and figures by typology', async () => {
  expect(quarters).toBeGreaterThan(100);
  expectAgreement(await oracle.withheld(), 1000);
});

test('every unit with its rank, and every spread', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.units(ask), 300);
  expectAgreement(await oracle.stored(), 300);
});

test('series with their breaks, of all services too; scores of procedures', {
  timeout: 300_000,
}, async () => {
  const [series, scores] = await oracle.series(ask);
  expectAgreement([series as Comparison], 2000);
  expectAgreement([scores as Comparison], 5);
});

test('units beside their territories, networks side by side', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.sideBySide(ask), 1000);
});

test('how equal units are: deciles, rural, urban and overseas, densities', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.equality(ask), 200);
});

test('results by group, of places that no figure is stored for too', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.groups(ask), 1000);
});

test('who publishes, in each département and network', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.networks(ask), 30);
});

test('what users say, replies and reports, territory by territory', { timeout: 300_000 }, async () => {
  expectAgreement(await oracle.voices(ask), 30);
});

/** What the comparisons find that the hub gives, or holds, and should not. */
const found = (comparisons: readonly Comparison[]) =>
  comparisons.flatMap(({ samples }) => samples).filter(({ side }) => side === 'answered');

test('it can fail: a wrong figure, a unit that counts twice, two definitions mixed, one missing', async () => {
  const db = database.connect<object>('indicators', 'owner');
  const network = 'NET-police';
  const plant = (change: string, indicator: string, year: number) =>
    sql`update indicators.figure set ${sql.raw(change)}
         where network_id = ${network} and territory_id = 'FR' and indicator_id = ${indicator}
           and extract(year from period_start) = ${year}`.execute(db);
  expectAgreement(await oracle.figures(ask, network), 100);
  // The last decimal of a value.
  await plant('value = value + 0.000001', 'IND-SATISFACTION', 2021);
  // Every unit twice: the rate is right all the same.
  await plant('numerator = numerator * 2, denominator = denominator * 2', 'IND-TAUX_DECROCHE', 2021);
  // Answers to the question of another version.
  await plant('definition_version = 1', 'IND-DEMO-police-CLARTE', 2022);
  await sql`delete from indicators.figure where network_id = ${network} and territory_id = 'FR'
     and indicator_id = 'IND-RELATION' and extract(year from period_start) = 2022`.execute(db);
  const [figures] = await oracle.figures(ask, network);
  // Expected and answered of two figures, expected of the one that is missing.
  expect(figures?.differences).toBe(5);
  const rows = found([figures as Comparison]).map(({ row }) => row);
  expect(rows.join()).toMatch(/IND-SATISFACTION,.*IND-TAUX_DECROCHE,/s);
  // The same figures are those that time, units and networks are compared by.
  const [series] = await oracle.series(ask, network);
  for (const comparison of [series, ...(await oracle.sideBySide(ask, network))]) {
    expect(found([comparison as Comparison]).length).toBeGreaterThan(0);
  }
});

test('it can fail: a score, a share of scores, a figure of all services together', async () => {
  const db = database.connect<object>('indicators', 'owner');
  await sql`update indicators.result set value = value + 0.000001
     where subject_id = 'PROC-urssaf-cesu' and publication_to is null`.execute(db);
  await sql`update indicators.figure set numerator = numerator + 1
     where network_id = 'NET-caf' and indicator_id = 'IND-QUALITE_DEMARCHES' and period_grain = 'QUARTER'`.execute(
    db,
  );
  await sql`update indicators.figure set value = value + 0.1
     where network_id = 'ALL' and territory_id = 'FR' and indicator_id = 'IND-BAROMETRE-TRANSPARENCE'
       and extract(year from period_start) = 2020`.execute(db);
  const [shares] = await oracle.figures(ask, 'NET-caf');
  const [series, scores] = await oracle.series(ask, 'ALL');
  // Of the two quarters with a share, both; of the rest one row each.
  expect([shares, series, scores].map((one) => one?.differences)).toEqual([4, 2, 2]);
});

test('it can fail: a rank, a rank among peers, where a third of the units begins', async () => {
  const plant = (table: string, change: string, where: string) =>
    oracle.duck.run(
      `update ${table} set ${change} where rowid = (select min(rowid) from ${table} where ${where})`,
    );
  await plant('stored_spread', `up_to = '7' || up_to`, 'true');
  await plant('stored_peers', `up_to = '7' || up_to`, `density <> ''`);
  await plant('stored_peers', 'medium_from = medium_from + 0.000001', 'medium_from is not null');
  expect((await oracle.stored()).map((one) => one.differences)).toEqual([0, 2, 2, 2]);
});

test('it can fail: a decile, a figure of a setting, a rank among peers', async () => {
  const db = database.connect<object>('indicators', 'owner');
  const network = 'NET-police';
  expectAgreement(await oracle.equality(ask, network), 10);
  // The last decimal of one figure by setting; the fifth decile of one group as if it were half a millionth more.
  await sql`update indicators.setting_figure set value = value + 0.000001
     where (network_id, indicator_id, period_start, place) in (
       select network_id, indicator_id, period_start, place from indicators.setting_figure
        where network_id = ${network} and place = 'DENSE' and suppressed is null order by 2, 3 limit 1)`.execute(
    db,
  );
  await oracle.duck.run(`update expected_decile set twice = twice + 1 where k = 5 and weight = 'UNITS'
     and (network_id, indicator_id, period) in (
       select (network_id, indicator_id, period) from expected_decile where network_id = '${network}' order by 1 limit 1)`);
  const differences = (await oracle.equality(ask, network)).map((each) => each.differences);
  expect(differences).toEqual([2, 2, 0]);
  const [before] = await oracle.units(ask, { everyGroup: 40, pages: 1 });
  expect(before?.differences).toBe(0);
  await oracle.duck.run(`update expected_unit set peer_place = peer_place + 1 where place = 1`);
  const [after] = await oracle.units(ask, { everyGroup: 40, pages: 1 });
  expect(after?.differences).toBeGreaterThan(0);
});

test('it can fail: a version that a figure is not of, a result shown that should not be', async () => {
  await oracle.duck.run(`update figure_flag set version = 1 where version = 2 and territory_id = 'FR'
     and network_id = 'NET-police'`);
  await oracle.duck.run(`update part set suppressed = null where (gid, id) in (
    select (gid, id) from part where suppressed = 'SMALL_SAMPLE' order by gid, id limit 1)`);
  // A quarter of few answers beside a year that is shown.
  await oracle.duck.run(`update part set suppressed = null where suppressed is not null
    and gid in (select gid from grp where period = '2022' and network_id = 'NET-police'
                   and indicator_id = 'IND-SATISFACTION')`);
  const wrong = await oracle.withheld();
  expect(
    found(wrong)
      .map(({ row }) => row)
      .join(),
  ).toMatch(/CLARTE/);
  expect(
    found(wrong)
      .map(({ row }) => row)
      .join(),
  ).toMatch(/too few answers is shown/);
  const [shown] = await oracle.duck.rows<{ shown: string }>(
    `select count(*) as shown from wrongly where what = 'a longer period shows what a shorter one withholds'`,
  );
  expect(Number(shown?.shown)).toBeGreaterThan(0);
});
