import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { parsePeriod, periodLabel } from '../../../kernel/period.ts';
import { completenessOf, missingUnits } from '../completeness/completeness.query.ts';
import { importText } from '../fixtures/import-text.ts';
import { POINTS, pointsDatabase } from '../fixtures/points.ts';
import { SMALL_COUNTRY } from '../fixtures/small-country.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { rankedGroup } from '../ranking/group.query.ts';
import type { FigureLevel, IndicatorsTables } from '../tables.ts';
import { figureMaps, mapPlaces } from './map.query.ts';

/** Lists that choose their period, and who published: over many periods, against a plain recomputation of all of them. */
const database = await pointsDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');

const PERIODS = ['2021', '2022-S2', '2022-T4', '2022', '2023-S1', '2023-T2', '2023'];
/** All of a place where few are, so that one site more or less makes most or not. */
const SITES = POINTS.filter(({ id }) => id.endsWith('-1')).map(({ id }) => id);
const TODAY = '2023-06-01';
const UNDOABLE = new Map([[networkResults.name, networkResults]]);

/** A publication: one period of some sites; few respondents are withheld. */
const publication = fc.record({
  period: fc.constantFrom(...PERIODS),
  sites: fc.subarray(SITES, { minLength: 1 }),
  few: fc.integer({ min: 0, max: 5 }),
  updated: fc.option(fc.constantFrom('2022-02-01', '2023-05-05', '2024-01-15')),
});
const write = (publications: readonly (typeof publication extends fc.Arbitrary<infer P> ? P : never)[]) =>
  [
    'reseau;site;indicateur;periode;valeur;repondants;date_mise_a_jour',
    ...publications.flatMap(({ period, sites, few, updated }, index) =>
      sites.map((site, place) =>
        ['points', site, 'IND-SATISFACTION', period, 20 + index, place < few ? 5 : 30, updated ?? ''].join(
          ';',
        ),
      ),
    ),
  ].join('\n');

interface Fact {
  item: string;
  grain: 'YEAR' | 'SEMESTER' | 'QUARTER' | 'MONTH';
  start: string;
  version: number;
}

/** The latest period that more than half of the items have, else the fullest, from all that was ever published. */
function choose(facts: readonly Fact[]): string | null {
  const items = new Set(facts.map(({ item }) => item)).size;
  const groups = [
    ...Map.groupBy(facts, ({ grain, start, version }) => `${grain} ${start} ${version}`).values(),
  ];
  const ranked = groups
    .map((group) => {
      const [{ grain, start, version }] = group as [Fact];
      const period = parsePeriod(periodLabel(grain, start));
      return { period, version, count: group.length, most: group.length * 2 > items };
    })
    .sort(
      (a, b) =>
        Number(b.most) - Number(a.most) ||
        (a.most ? b.period.end.localeCompare(a.period.end) : 0) ||
        b.count - a.count ||
        b.period.end.localeCompare(a.period.end) ||
        a.period.start.localeCompare(b.period.start) ||
        b.version - a.version,
    );
  return ranked[0] ? `${ranked[0].period.label} v${ranked[0].version}` : null;
}

const placesOf = (territory: string) =>
  new Set(
    POINTS.filter(({ departement, region }) => departement === territory || region === territory).map(
      ({ id }) => id,
    ),
  );

async function compareRankings(): Promise<void> {
  const { rows } = await sql<Fact>`
    select subject_id as item, period_grain as grain, period_start as start, definition_version as version
      from indicators.published_result
     where network_id = 'NET-points' and indicator_id = 'IND-SATISFACTION' and is_unit and suppressed is null`.execute(
    db,
  );
  for (const within of ['REG-32', 'REG-84', ...Object.keys(SMALL_COUNTRY.departements), 'DEP-75']) {
    const inside = placesOf(within);
    const facts = rows.filter(({ item }) => inside.has(item));
    const args = { indicator: 'IND-SATISFACTION', within };
    const group = await rankedGroup(db, 'NET-points', { ...args, period: null });
    expect(group && `${group.period.label} v${group.version}`, within).toBe(choose(facts));
    for (const label of PERIODS) {
      const { start, grain } = parsePeriod(label);
      const found = await rankedGroup(db, 'NET-points', { ...args, period: parsePeriod(label) });
      const of = facts.filter((fact) => fact.start === start && fact.grain === grain);
      expect(found && `${found.period.label} v${found.version}`, `${within} ${label}`).toBe(choose(of));
    }
  }
}

async function compareMaps(): Promise<void> {
  const { rows } = await sql<Fact & { level: FigureLevel; region: string }>`
    select f.territory_id as item, f.period_grain as grain, f.period_start as start, f.definition_version as version,
           f.level, t.region_id as region
      from indicators.figure f join directory.territory t on t.id = f.territory_id
     where f.network_id = 'NET-points' and f.indicator_id = 'IND-SATISFACTION' and f.typology_id = ''`.execute(
    db,
  );
  for (const level of ['DEPARTEMENT', 'REGION', 'NATIONAL'] as const) {
    for (const within of [null, 'REG-32', 'REG-84']) {
      const args = { indicator: 'IND-SATISFACTION', level, within, period: null, lean: false };
      const [map] = await figureMaps(db, args, await mapPlaces(db, args, ['NET-points']));
      const facts = rows.filter((row) => row.level === level && (within === null || row.region === within));
      const items = [...new Set(facts.map(({ item }) => item))].sort();
      expect(map?.period?.label ?? null, `${level} ${within}`).toBe(choose(facts)?.split(' ')[0] ?? null);
      expect((map?.rows ?? []).map(({ subject_id }) => subject_id).sort(), `${level} ${within}`).toEqual(
        items,
      );
    }
  }
}

/** Sites publish by themselves here: one that has a result of a year is complete in it. */
async function compareCompleteness(): Promise<void> {
  const { rows } = await sql<{ id: string; year: number; on: string }>`
    select subject_id as id, extract(year from period_start)::integer as year, coalesce(updated_on, period_end) as on
      from indicators.result where network_id = 'NET-points' and publication_to is null`.execute(
    database.connect<IndicatorsTables>('indicators', 'owner'),
  );
  const latest = new Map<string, string>();
  for (const { id, on } of rows) if (on > (latest.get(id) ?? '')) latest.set(id, on);
  for (const year of [2021, 2022, 2023]) {
    const published = new Set(rows.filter((row) => row.year === year).map(({ id }) => id));
    const [found] = await completenessOf(db, { year, today: TODAY }, ['NET-points']);
    expect(found).toMatchObject({
      expected: POINTS.length,
      publishing: published.size,
      with_result: latest.size,
      stale: [...latest.values()].filter((on) => on < '2022-06-01').length,
      latest_on: [...latest.values()].toSorted().at(-1) ?? null,
    });
    const missing = await missingUnits(db, 'NET-points', year, { after: null, limit: 100 });
    const others = POINTS.filter(({ id }) => !published.has(id));
    expect(missing.map(({ id, latest_on }) => [id, latest_on])).toEqual(
      others
        .map(({ id }) => [id, latest.get(id) ?? null])
        .sort(([a = ''], [b = '']) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    );
  }
}

test('the period chosen and who published are those of everything that was ever published', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(publication, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      async (several, undone) => {
        const files = [...new Map(several.map((one) => [one.period, one])).values()];
        const imports = [];
        for (const one of files) {
          const report = await importText(database.url, networkResults, write([one]));
          if (report.state === 'PUBLISHED') imports.push(report.importId);
        }
        await compareRankings();
        await compareMaps();
        await compareCompleteness();
        // What is withdrawn again counts nowhere any more.
        for (const id of imports.toReversed().slice(undone % 2)) {
          await rollbackImport(UNDOABLE, 'indicators', id ?? '', { databaseUrl: database.url });
        }
        await compareRankings();
        await compareMaps();
        await compareCompleteness();
      },
    ),
    { numRuns: 5 },
  );
}, 120_000);

/** Rows of results, figures and publishers that `read` took from tables and indexes, counted by the database. */
async function rowsRead(read: (trx: Kysely<IndicatorsTables>) => Promise<unknown>): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const counted = sql<{ rows: string }>`
      select sum(pg_stat_get_xact_tuples_returned(c.oid) + pg_stat_get_xact_tuples_fetched(c.oid)) as rows
        from pg_class c
       where c.relnamespace = 'indicators'::regnamespace and c.relkind in ('r', 'i')
         and c.relname ~ '^(result|figure|publisher)'`;
    // Tables as small as these would be read whole, whatever is asked of them.
    await sql`select set_config('enable_seqscan', 'off', true)`.execute(trx);
    const before = await counted.execute(trx);
    await read(trx);
    const after = await counted.execute(trx);
    return Number(after.rows[0]?.rows) - Number(before.rows[0]?.rows);
  });
}

test('what is read does not grow with the number of periods', async () => {
  const quarters = (from: number, to: number) =>
    Array.from(
      { length: (to - from) * 4 },
      (_, index) => `${from + Math.floor(index / 4)}-T${(index % 4) + 1}`,
    );
  const publish = async (periods: readonly string[]) => {
    const text = write(
      periods.map((period) => ({ period, sites: POINTS.map(({ id }) => id), few: 0, updated: null })),
    );
    expect((await importText(database.url, networkResults, text)).state).toBe('PUBLISHED');
    await sql`analyze indicators.result, indicators.figure, indicators.publisher, indicators.spread`.execute(
      database.connect<IndicatorsTables>('indicators', 'owner'),
    );
  };
  const list = { indicator: 'IND-SATISFACTION', within: 'REG-32', period: null };
  const map = { ...list, within: null, level: 'DEPARTEMENT', lean: true } as const;
  const read = async () => [
    await rowsRead((trx) => rankedGroup(trx, 'NET-points', list)),
    await rowsRead(async (trx) => figureMaps(trx, map, await mapPlaces(trx, map, ['NET-points']))),
    await rowsRead((trx) => completenessOf(trx, { year: null, today: TODAY }, ['NET-points'])),
    await rowsRead((trx) => missingUnits(trx, 'NET-points', null, { after: null, limit: 21 })),
  ];
  await publish(quarters(2024, 2026));
  const few = await read();
  await publish(quarters(2016, 2024));
  const many = await read();
  for (const [index, rows] of many.entries()) {
    expect(rows, String(index)).toBeGreaterThan(0);
    // Five times the periods; the planner may look at a period as a whole or unit by unit.
    expect(rows, String(index)).toBeLessThan((few[index] ?? 0) * 2);
  }
}, 60_000);
