import Big from 'big.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { uncertaintyBetween } from '../comparison/gap-uncertainty.ts';
import { densityOfPoint, inPlace, POINTS, pointsDatabase } from '../fixtures/points.ts';
import {
  NETWORK,
  nothing,
  type PublishedPoints,
  publications,
  publishPoints,
  type Unit,
} from '../fixtures/published-points.ts';
import { peersOf } from '../peers/peers.query.ts';
import { determined } from '../rollup/determined.ts';
import { combine, type RawResult } from '../rollup/oracle.ts';
import type { IndicatorsTables } from '../tables.ts';
import { decilesOf } from './deciles.query.ts';
import { settingFigures } from './settings.query.ts';

const THRESHOLD = 11;
const database = await pointsDatabase();
const db = database.connect<IndicatorsTables>('indicators', 'public');

type Published = PublishedPoints;
const publishAll = (several: Parameters<typeof publishPoints>[1]) => publishPoints(database, several);

const PLACES = ['RURAL', 'URBAN', 'OVERSEAS', 'DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE'];
const storedFigures = ({ group }: Published) =>
  db
    .selectFrom('indicators.setting_figure')
    .selectAll()
    .where('indicator_id', '=', group.indicator)
    .where('period_start', '=', group.start)
    .orderBy('place')
    .execute();

async function compareSettings(published: Published): Promise<void> {
  const { units, measure } = published;
  const stored = await storedFigures(published);
  const right = PLACES.filter((place) => units.some(inPlace(place)));
  expect(stored.map(({ place }) => place).sort()).toEqual(right.sort());
  for (const figure of stored) {
    const mine = units.filter(inPlace(figure.place));
    const made = combine(mine, measure);
    const small = measure.unit === 'PERCENT' && made.respondents !== null && made.respondents < THRESHOLD;
    expect(figure.suppressed === 'SMALL_SAMPLE').toBe(small);
    const shown = figure.suppressed === null;
    const answers = [
      figure.very_favourable,
      figure.favourable,
      figure.unfavourable,
      figure.very_unfavourable,
    ];
    expect({ ...figure, answers }).toMatchObject({
      basis: made.basis,
      publishing: mine.length,
      expected: POINTS.filter(inPlace(figure.place)).length,
      value: shown ? made.value : null,
      numerator: shown ? made.numerator : null,
      denominator: shown ? made.denominator : null,
      respondents: shown ? made.respondents : null,
      answers: shown && made.answers !== null ? made.answers : [null, null, null, null],
    });
  }
}

/** Newcombe's interval in floating point, Wilson's bounds being the roots of (n + z²)p² − (2x + z²)p + x²/n. */
function newcombe([one, other]: readonly (readonly [number, number])[]): [number, number] {
  const z2 = 1.959964 ** 2;
  const of = ([x, n]: readonly [number, number] = [Number.NaN, 0]) => {
    const [a, b] = [n + z2, 2 * x + z2];
    const root = Math.sqrt(b * b - (4 * a * x * x) / n);
    return { p: x / n, l: (b - root) / (2 * a), u: (b + root) / (2 * a) };
  };
  const [r, u] = [of(one), of(other)];
  const gap = r.p - u.p;
  return [gap - Math.hypot(r.p - r.l, u.u - u.p), gap + Math.hypot(r.u - r.p, u.p - u.l)];
}

/** The interval of rural minus urban, from the answers of the units; what is withheld is in none. */
async function compareGap({ units, measure, group }: Published, known: Set<string>): Promise<void> {
  const figures = await settingFigures(db, [group]);
  const [rural = null, urban = null] = ['RURAL', 'URBAN'].map((place) =>
    figures.find((figure) => figure.place === place),
  );
  const counts = ['RURAL', 'URBAN'].map((place): readonly [number, number] | null => {
    const made = combine(units.filter(inPlace(place)), measure);
    if (made.denominator !== null) return [Number(made.numerator), Number(made.denominator)];
    if (measure.formula !== 'FAVOURABLE' || made.respondents === null) return null;
    return [(Number(made.value) * made.respondents) / 100, made.respondents];
  });
  const found = uncertaintyBetween(rural, urban, measure.formula);
  known.add(typeof found === 'string' ? found : found.method);
  if (typeof rural?.value !== 'string' || typeof urban?.value !== 'string') expect(found).toBe('NO_GAP');
  else if (measure.formula === 'MEAN') expect(found).toBe('NOT_A_RATE');
  else if (typeof found === 'string')
    expect([found, counts.includes(null)]).toEqual(['COUNTS_UNKNOWN', true]);
  else {
    const [low, high] = newcombe(counts.flatMap((each) => (each === null ? [] : [each])));
    expect(Math.abs(Number(found.low) - 100 * low)).toBeLessThan(0.006);
    expect(Math.abs(Number(found.high) - 100 * high)).toBeLessThan(0.006);
  }
}

/** Solves what the figures of territories and those by setting say together of what is withheld. */
async function attack(published: Published): Promise<{ hidden: number; complementary: number }> {
  const { units, group } = published;
  const figures = await storedFigures(published);
  const territories = await db
    .selectFrom('indicators.figure')
    .select(['territory_id', 'suppressed'])
    .where('indicator_id', '=', group.indicator)
    .where('period_start', '=', group.start)
    .where('typology_id', '=', '')
    .where('basis', '<>', 'PUBLISHED')
    .execute();
  const idsOf = (some: readonly Unit[]) => some.map(({ subject }) => subject);
  const sums = [
    ...territories
      .filter(({ suppressed }) => suppressed === null)
      .map(({ territory_id: id }) =>
        idsOf(units.filter((unit) => id === 'FR' || [unit.departement, unit.region].includes(id))),
      ),
    ...figures
      .filter(({ suppressed }) => suppressed === null)
      .map(({ place }) => idsOf(units.filter(inPlace(place)))),
  ];
  const hidden = idsOf(units.filter(({ suppressed }) => suppressed !== null));
  expect(determined(hidden, sums)).toEqual([]);
  // A small figure: one more unknown that adds up with it to something known stays unknown like the figure.
  for (const { place } of figures.filter(({ suppressed }) => suppressed === 'SMALL_SAMPLE')) {
    const cell = idsOf(units.filter(inPlace(place)));
    expect(determined([...hidden, 'the rest'], [...sums, [...cell, 'the rest']])).not.toContain('the rest');
  }
  return {
    hidden: hidden.length,
    complementary: figures.filter(({ suppressed }) => suppressed === 'COMPLEMENTARY').length,
  };
}

/** Peers by the rules, unit by unit. */
async function comparePeers({ units, group }: Published, widened: Set<string>): Promise<void> {
  const shown = units.filter(({ suppressed }) => suppressed === null);
  const keys = shown.map(({ subject, value: own, respondents, denominator }) => ({
    ...group,
    subject,
    value: own,
    respondents,
    denominator,
  }));
  const found = await peersOf(db, keys);
  expect(found).toHaveLength(shown.length);
  const count = (key: 'respondents' | 'denominator') => shown.filter((unit) => unit[key] !== null).length;
  const of = count('respondents') >= count('denominator') ? 'respondents' : 'denominator';
  const amountOf = (unit: Unit) => (unit[of] === null ? null : Number(unit[of]));
  const amounts = shown.map(amountOf).filter((amount) => amount !== null);
  const volumeOf = (unit: Unit) => {
    const amount = amountOf(unit);
    if (amount === null) return null;
    const fewer = amounts.filter((other) => other < amount).length;
    return ['SMALL', 'MEDIUM', 'LARGE'][Math.floor((3 * fewer) / amounts.length)] ?? null;
  };
  for (const unit of shown) {
    const [density, volume] = [densityOfPoint(unit.kind), volumeOf(unit)];
    const sameDensity = shown.filter((other) => density !== null && densityOfPoint(other.kind) === density);
    const sameVolume = shown.filter((other) => volume !== null && volumeOf(other) === volume);
    const choices =
      density === null
        ? [sameVolume, shown]
        : [sameDensity.filter((other) => sameVolume.includes(other)), sameDensity, shown];
    const peers = choices.find((choice) => choice.length >= 10) ?? shown;
    const values = peers.map((peer) => new Big(peer.value)).sort((a, b) => a.cmp(b));
    const middle = (at: number) => values[at] ?? new Big('NaN');
    const median = middle(Math.ceil(values.length / 2) - 1)
      .plus(middle(Math.floor(values.length / 2)))
      .div(2);
    const row = found.find(({ subject }) => subject === unit.subject);
    widened.add(`${row?.same_density} ${row?.same_volume}`);
    expect({ ...row, median: new Big(row?.median ?? 'none').toFixed() }).toMatchObject({
      density,
      volume,
      units: peers.length,
      units_below: values.filter((other) => other.lt(unit.value)).length,
      units_up_to: values.filter((other) => other.lte(unit.value)).length,
      lowest: middle(0).toFixed(),
      highest: middle(values.length - 1).toFixed(),
      median: median.toFixed(),
    });
  }
}

/** Deciles of a list with one entry per unit, or per respondent. */
async function compareDeciles({ units, group }: Published): Promise<void> {
  const period = { label: '', grain: group.grain, start: group.start, end: group.start };
  const found = await decilesOf(
    db,
    NETWORK,
    { indicator: group.indicator, within: null },
    { period, version: 1 },
  );
  const shown = units
    .filter(({ suppressed }) => suppressed === null)
    .map((unit) => ({ ...unit, value: new Big(unit.value) }))
    .sort((a, b) => a.value.cmp(b.value));
  const known = shown.every(({ respondents }) => respondents !== null);
  const lists: Record<string, Big[]> = {
    UNITS: shown.map((unit) => unit.value),
    RESPONDENTS: known ? shown.flatMap((unit) => Array<Big>(unit.respondents ?? 0).fill(unit.value)) : [],
  };
  for (const [weight, list] of Object.entries(lists)) {
    const deciles = found.find((each) => each.weight === weight);
    expect(deciles === undefined).toBe(list.length === 0);
    const at = (k: number) => {
      const place = (list.length * k) / 10;
      const [low, high] = [list[Math.ceil(place) - 1], list[Math.floor(place)]];
      return low
        ?.plus(high ?? 'none')
        .div(2)
        .toFixed();
    };
    if (list.length > 0) expect(deciles?.values).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map(at));
  }
}

test('settings, peers and deciles agree with a plain recomputation; nothing withheld is worked out', async () => {
  let [hidden, complementary] = [0, 0];
  const widened = new Set<string>();
  const known = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(publications, { minLength: 10, maxLength: 10 }), async (chosen) => {
      for (const published of await publishAll(chosen)) {
        await compareSettings(published);
        await compareGap(published, known);
        const attacked = await attack(published);
        hidden += attacked.hidden;
        complementary += attacked.complementary;
        await comparePeers(published, widened);
        await compareDeciles(published);
      }
    }),
    { numRuns: 4, endOnFailure: true, seed: 17 },
  );
  expect(hidden).toBeGreaterThan(50);
  expect(complementary).toBeGreaterThan(5);
  expect([...widened].sort()).toEqual(['false false', 'false true', 'true false', 'true true']);
  expect([...known].sort()).toEqual(['COUNTS_UNKNOWN', 'NEWCOMBE', 'NOT_A_RATE', 'NO_GAP']);
}, 120_000);

test('one withheld unit of a setting, and its sibling of another: neither setting gives them away', async () => {
  const of = (subject: string, answers: RawResult['answers']): RawResult => ({
    ...nothing,
    subject,
    answers,
  });
  const [published] = await publishAll([
    {
      indicator: 'IND-SATISFACTION',
      rows: [
        of('SITE-01-DENSE-1', [1, 2, 1, 1]),
        of('SITE-01-SPARSE-1', [10, 2, 3, 4]),
        of('SITE-01-SPARSE-2', [12, 9, 3, 4]),
        of('SITE-38-DENSE-1', [10, 12, 3, 4]),
        of('SITE-38-SPARSE-1', [10, 12, 9, 4]),
      ],
    },
  ]);
  if (!published) throw new Error('nothing published');
  // The small one, and the smallest beside it: DENSE and SPARSE each hold one of the two.
  expect(
    published.units.filter(({ suppressed }) => suppressed !== null).map(({ subject }) => subject),
  ).toEqual(['SITE-01-DENSE-1', 'SITE-01-SPARSE-1']);
  expect(await attack(published)).toMatchObject({ hidden: 2 });
  const figures = await storedFigures(published);
  expect(figures.map(({ place, suppressed }) => [place, suppressed])).toEqual([
    ['DENSE', 'COMPLEMENTARY'],
    ['RURAL', 'COMPLEMENTARY'],
    ['SPARSE', 'COMPLEMENTARY'],
    ['URBAN', 'COMPLEMENTARY'],
  ]);
});
