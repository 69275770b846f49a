import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { nationalDatabase, SMALL_NATION } from '../../../test/kit/national.ts';
import { NATIONAL_NETWORKS } from './catalogue.ts';
import { loadNational } from './load.ts';
import { scaleOf } from './scale.ts';
import { isNational } from './there.ts';

const database = await nationalDatabase();
const directory = database.connect<object>('administrations', 'owner');
const indicators = database.connect<object>('indicators', 'owner');
const testimonies = database.connect<object>('testimonies', 'owner');
const simplification = database.connect<object>('simplification', 'owner');

const one = async (db: typeof indicators, query: ReturnType<typeof sql<Record<string, number>>>) =>
  (await query.execute(db)).rows[0] ?? {};

test('a country in small: every network, indicator and year, and what makes figures hard', async () => {
  const {
    networks,
    years,
    indicators: kinds,
    results,
  } = await one(
    indicators,
    sql`select count(distinct network_id)::int as networks, count(distinct extract(year from period_start))::int as years,
               count(distinct regexp_replace(indicator_id, '^IND-DEMO-.*-', ''))::int as indicators,
               count(*)::int as results
          from indicators.result where publication_to is null`,
  );
  const renamed = NATIONAL_NETWORKS.filter(({ before }) => before).length;
  expect(networks).toBeLessThanOrEqual(NATIONAL_NETWORKS.length + renamed);
  expect(networks).toBeGreaterThanOrEqual(NATIONAL_NETWORKS.length);
  expect({ years, kinds }).toEqual({ years: SMALL_NATION.years.length, kinds: 12 });
  const ordinary = SMALL_NATION.sites * SMALL_NATION.years.length * 12;
  expect(results).toBeGreaterThan(ordinary);
  const hard = await one(
    indicators,
    sql`select (count(*) filter (where suppressed = 'SMALL_SAMPLE'))::int as small,
               (count(*) filter (where suppressed = 'COMPLEMENTARY'))::int as beside,
               (count(*) filter (where basis = 'PUBLISHED'))::int as published,
               (count(*) filter (where basis = 'COMPUTED_UNWEIGHTED'))::int as unweighted,
               (count(*) filter (where publishing < expected))::int as uncovered,
               (count(*) filter (where typology_id <> ''))::int as typologies,
               (count(*) filter (where definition_version = 2))::int as second
          from indicators.figure`,
  );
  for (const [what, count] of Object.entries(hard)) expect(count, what).toBeGreaterThan(0);
  const places = await one(
    directory,
    sql`select (count(*) filter (where valid_from is not null))::int as opened,
               (count(*) filter (where valid_to is not null))::int as closed,
               (count(*) filter (where 'COM-' || source_commune_code <> commune_id))::int as merged
          from directory.site`,
  );
  for (const [what, count] of Object.entries(places)) expect(count, what).toBeGreaterThan(0);
});

test('what is told and reported is there, each with its provenance and in the lists', async () => {
  const told = await one(
    testimonies,
    sql`select count(*)::int as testimonies, count(import_id)::int as known,
               (select count(distinct testimony_id)::int from testimonies.entry) as entries,
               (count(*) filter (where state = 'PUBLISHED'))::int as published
          from testimonies.testimony`,
  );
  expect(told.testimonies).toBe(SMALL_NATION.testimonies);
  expect(told.known).toBe(told.testimonies);
  expect(told.entries).toBe(told.published);
  const { reports } = await one(
    simplification,
    sql`select count(*)::int as reports from simplification.report`,
  );
  expect(reports).toBeGreaterThan(0.7 * SMALL_NATION.reports);
  expect(reports).toBeLessThan(1.3 * SMALL_NATION.reports);
});

test('everything says that it was invented', async () => {
  for (const [db, schema] of [
    [directory, 'administrations'],
    [indicators, 'indicators'],
    [testimonies, 'testimonies'],
    [simplification, 'simplification'],
  ] as const) {
    const { rows } = await sql<{ source: string }>`
      select distinct source from ${sql.table(`${schema}.import`)} where file_name like 'demonstration-%'`.execute(
      db,
    );
    expect(rows).toEqual([{ source: 'DÉMONSTRATION : données inventées' }]);
  }
  const { unlabelled } = await one(
    directory,
    sql`select (select count(*) from directory.site where name not like '%(démonstration)')::int
             + (select count(*) from directory.structure where name not like '%(démonstration)%')::int as unlabelled`,
  );
  expect(unlabelled).toBe(0);
});

test('a second run does nothing, a run of another size is refused', async () => {
  const said: string[] = [];
  await loadNational(database.url, SMALL_NATION, (line) => said.push(line));
  expect(said).toEqual([]);
  await expect(loadNational(database.url, scaleOf(500, 2), () => undefined)).rejects.toThrow(
    /Another demonstration set/,
  );
  expect(await isNational(database.url)).toBe(true);
});
