import Big from 'big.js';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { importText, problemsOf } from '../fixtures/import-text.ts';
import { inPlace, KINDS, type Kind, POINTS, pointsDatabase } from '../fixtures/points.ts';
import {
  NETWORK,
  type PublishedPoints,
  publications,
  publishPoints,
  type Unit,
} from '../fixtures/published-points.ts';
import { networkResults } from '../import/network-results.merge.ts';
import { combine } from '../rollup/oracle.ts';
import type { IndicatorsTables } from '../tables.ts';
import type { Dimension } from './dimension.ts';
import type { GroupRow } from './group.row.ts';
import { type GroupsArguments, resultGroups } from './groups.query.ts';
import { keyOf } from './key.ts';
import { pageOfGroups } from './statistics.page.ts';

const database = await pointsDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');

const MOST = 10_000;

const asks = fc.record({
  dimensions: fc.subarray<Dimension>(['REGION', 'DEPARTEMENT', 'SETTING', 'DENSITY']),
  territory: fc.constantFrom(null, null, 'REG-84', 'DEP-62', 'COM-38001'),
  setting: fc.constantFrom(null, null, null, 'RURAL' as const, 'OVERSEAS' as const),
  density: fc.constantFrom(null, null, null, 'DENSE' as const),
});
type Ask = typeof asks extends fc.Arbitrary<infer T> ? T : never;

const toArguments = ({ dimensions, territory, setting, density }: Ask): GroupsArguments => ({
  filter: {
    networks: [NETWORK],
    indicators: null,
    period: null,
    from: null,
    to: null,
    territory,
    setting,
    density,
  },
  groupBy: ['NETWORK', 'INDICATOR', 'PERIOD', ...dimensions],
});

/** Every page of the list, three groups at a time; each tells how many there are. */
async function everyGroup(asked: GroupsArguments): Promise<GroupRow[]> {
  const whole = await resultGroups(db, asked, { after: null, limit: 1000 }, MOST);
  expect(whole.total).toBe(whole.rows.length);
  const paged: GroupRow[] = [];
  let after: string[] | null = null;
  do {
    const page = await resultGroups(
      db,
      asked,
      { after, limit: Math.max(3, Math.ceil(whole.total / 3)) },
      MOST,
    );
    paged.push(...page.rows);
    expect(page.total).toBe(whole.total);
    const last = page.rows.at(-1);
    after = last === undefined ? null : keyOf(last, asked.groupBy);
  } while (after !== null);
  expect(paged).toEqual(whole.rows);
  return whole.rows;
}

const settingOf = (kind: Kind) => ['RURAL', 'URBAN', 'OVERSEAS'].find((place) => inPlace(place)({ kind }));

/** Whether a unit is asked for, by the words of the filter. */
const isAsked =
  ({ territory, setting, density }: Ask) =>
  ({ departement, region, kind }: Pick<Unit, 'departement' | 'region' | 'kind'>) =>
    (territory === null ||
      [departement, region, `COM-${departement.slice(4)}00${KINDS.indexOf(kind)}`].includes(territory)) &&
    (setting === null || settingOf(kind) === setting) &&
    (density === null || kind === density);

const placeOf = (
  dimensions: readonly Dimension[],
  { region, departement, kind }: Pick<Unit, 'departement' | 'region' | 'kind'>,
) => {
  const by = (...some: Dimension[]) => some.some((dimension) => dimensions.includes(dimension));
  return {
    region_id: by('REGION', 'DEPARTEMENT') ? region : null,
    departement_id: by('DEPARTEMENT') ? departement : null,
    setting: by('SETTING', 'DENSITY') ? (settingOf(kind) ?? null) : null,
    leaf: by('DENSITY') ? kind : null,
  };
};

/** Quantile of a sorted list, by its definition. */
function quantile(values: readonly Big[], k: number, of: number): string | null {
  const at = (values.length * k) / of;
  const [low, high] = [values[Math.ceil(at) - 1], values[Math.floor(at)]];
  return low === undefined
    ? null
    : low
        .plus(high ?? 'none')
        .div(2)
        .toFixed();
}

/** Groups by the rules, unit by unit, from what a reader of single results has. */
function recompute(ask: Ask, several: readonly PublishedPoints[]) {
  return several.flatMap(({ units, measure, group }) => {
    const mine = units.filter(isAsked(ask));
    const places = Map.groupBy(mine, (unit) => JSON.stringify(placeOf(ask.dimensions, unit)));
    return [...places].map(([place, all]) => {
      const shown = all.filter(({ suppressed }) => suppressed === null);
      const { value, basis, answers, ...sums } = combine(shown, measure);
      const values = shown.map((unit) => new Big(unit.value)).sort((a, b) => a.cmp(b));
      const isNone = shown.length === 0;
      return {
        ...JSON.parse(place),
        indicator_id: group.indicator,
        period_start: group.start,
        results: shown.length,
        withheld: all.length - shown.length,
        value: isNone ? null : value,
        basis: isNone ? null : basis,
        numerator: isNone ? null : sums.numerator,
        denominator: isNone ? null : sums.denominator,
        respondents: isNone ? null : sums.respondents,
        answers: isNone ? null : answers,
        lowest: values[0]?.toFixed() ?? null,
        highest: values.at(-1)?.toFixed() ?? null,
        lower_quartile: quantile(values, 1, 4),
        upper_quartile: quantile(values, 3, 4),
        deciles: isNone ? null : [1, 2, 3, 4, 5, 6, 7, 8, 9].map((k) => quantile(values, k, 10)),
      };
    });
  });
}

const answersOf = (row: GroupRow) => {
  const { very_favourable, favourable, unfavourable, very_unfavourable } = row;
  const answers = [very_favourable, favourable, unfavourable, very_unfavourable];
  return answers.includes(null) ? null : answers;
};

/** Coverage where there is one: sites of the place, whatever they published. */
function checkCoverage(rows: readonly GroupRow[], ask: Ask): number {
  const known = rows.filter(({ expected }) => expected !== null);
  for (const row of known) {
    const here = POINTS.filter(isAsked(ask)).filter((point) =>
      Object.entries(placeOf(ask.dimensions, point)).every(
        ([column, value]) => row[column as 'leaf'] === value,
      ),
    );
    expect([row.publishing, row.expected]).toEqual([row.results + row.withheld, here.length]);
  }
  return known.length;
}

/** The gap to the month before, of the same place, indicator and basis. */
function checkGaps(rows: readonly GroupRow[]): number {
  const monthBefore = (start: string) => {
    const [year = 0, month = 0] = start.split('-').map(Number);
    return `${month === 1 ? year - 1 : year}-${String(month === 1 ? 12 : month - 1).padStart(2, '0')}-01`;
  };
  const same = ['indicator_id', 'region_id', 'departement_id', 'setting', 'leaf'] as const;
  for (const row of rows) {
    const before = rows.find(
      (other) =>
        other.period_start === monthBefore(row.period_start) &&
        same.every((column) => other[column] === row[column]),
    );
    const comparable = before?.basis === row.basis && before.value !== null && row.value !== null;
    expect(row.gap_to_previous).toBe(
      comparable ? new Big(row.value ?? '').minus(before.value ?? '').toFixed() : null,
    );
  }
  return rows.filter(({ gap_to_previous }) => gap_to_previous !== null).length;
}

const byKey = (one: object, other: object) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

test('groups are what single results that are shown give, and do not depend on what is withheld', async () => {
  const published: PublishedPoints[] = [];
  const counts = { groups: 0, withheld: 0, empty: 0, covered: 0, gaps: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(publications, { minLength: 6, maxLength: 6 }),
      fc.array(asks, { minLength: 6, maxLength: 6 }),
      async (chosen, asked) => {
        published.push(...(await publishPoints(database, chosen)));
        const before: GroupRow[][] = [];
        // A commune is no région, though it stands in one.
        asked.push({ dimensions: ['REGION'], territory: 'COM-38001', setting: null, density: null });
        for (const ask of asked) {
          const rows = await everyGroup(toArguments(ask));
          const right = recompute(ask, published);
          const found = rows.map((row) => {
            const keys = Object.keys(right[0] ?? {}) as (keyof GroupRow)[];
            return { ...Object.fromEntries(keys.map((name) => [name, row[name]])), answers: answersOf(row) };
          });
          expect(found.sort(byKey)).toEqual(right.sort(byKey));
          counts.groups += rows.length;
          counts.withheld += rows.filter(({ withheld }) => withheld > 0).length;
          counts.empty += rows.filter(({ results }) => results === 0).length;
          counts.covered += checkCoverage(rows, ask);
          counts.gaps += checkGaps(rows);
          before.push(rows);
        }
        // Whatever the withheld results are, every answer is the same: nothing can be learnt of them.
        await changeWithheld();
        for (const [index, ask] of asked.entries()) {
          const { rows } = await resultGroups(db, toArguments(ask), { after: null, limit: 1000 }, MOST);
          expect(rows).toEqual(before[index]);
        }
      },
    ),
    { numRuns: 4, endOnFailure: true, seed: 23 },
  );
  for (const count of Object.values(counts)) expect(count).toBeGreaterThan(20);
}, 120_000);

/** Other values, counts and answers behind every withheld result, as their owner could have had. */
async function changeWithheld(): Promise<void> {
  const owner = database.connect<IndicatorsTables>('indicators', 'owner');
  const { rows } = await sql`
    update indicators.result set value = value + 7, numerator = numerator + 1, denominator = denominator + 3,
           respondents = respondents + 1, very_favourable = very_favourable + 1, favourable = favourable + 2,
           unfavourable = unfavourable + 3, very_unfavourable = very_unfavourable + 4
     where suppressed is not null and network_id = ${NETWORK} returning 1`.execute(owner);
  expect(rows.length).toBeGreaterThan(0);
}

test('a selection of too many results is refused, not read in part', async () => {
  const asked = toArguments({ dimensions: ['REGION'], territory: null, setting: null, density: null });
  const rows = await everyGroup(asked);
  const size = rows.reduce((sum, { results, withheld }) => sum + results + withheld, 0);
  expect((await pageOfGroups(db, asked, size)).totalCount).toBe(rows.length);
  await expect(pageOfGroups(db, asked, size - 1)).rejects.toThrow(/narrow the filter/);
});

test('sites are not compared with the départements that were published the year before', async () => {
  const lines = [
    'DEP-62 60 100',
    'DEP-59 70 100',
    'DEP-62 66 200',
    'SITE-62-DENSE-1 80 50',
    'SITE-62-DENSE-1 90 50',
  ];
  const years = [1901, 1901, 1902, 1903, 1904];
  const rows = lines.map((line, index) => {
    const [subject = '', value = '', respondents = ''] = line.split(' ');
    const columns = subject.startsWith('SITE-') ? `${subject};` : `;${subject}`;
    return `NET-points;${columns};IND-SATISFACTION;${years[index]};${value};${respondents}`;
  });
  const file = ['reseau;site;territoire;indicateur;periode;valeur;repondants', ...rows].join('\n');
  expect(problemsOf(await importText(database.url, networkResults, file))).toEqual([]);
  const ask = toArguments({ dimensions: [], territory: null, setting: null, density: null });
  const asked: GroupsArguments = { ...ask, groupBy: ['INDICATOR', 'YEAR'] };
  const found = (await everyGroup(asked)).map(
    ({ period_start, unit_level, results, value, gap_to_previous }) => [
      period_start.slice(0, 4),
      unit_level,
      results,
      value,
      gap_to_previous,
    ],
  );
  expect(found).toEqual([
    ['1901', 'DEPARTEMENT', 2, '65', null],
    ['1902', 'DEPARTEMENT', 1, '66', '1'],
    ['1903', 'SITE', 1, '80', null],
    ['1904', 'SITE', 1, '90', '10'],
  ]);
});
