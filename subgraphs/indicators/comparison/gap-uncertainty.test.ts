import { Big } from 'big.js';
import { expect, test } from 'vitest';
import { type FigureRow, unpublished } from '../figure/figure.row.ts';
import type { Formula } from '../tables.ts';
import { gapUncertaintyOf, isSignificant, uncertaintyBetween } from './gap-uncertainty.ts';
import type { Membership } from './membership.ts';

const base = unpublished({
  network_id: 'NET-caf',
  indicator_id: 'IND-SATISFACTION',
  definition_version: 1,
  period_grain: 'YEAR',
  period_start: '2023-01-01',
  period_end: '2023-12-31',
  subject_kind: 'TERRITORY',
  subject_id: 'FR',
});
const rate = (favourable: number, cases: number): FigureRow => ({
  ...base,
  value: new Big(favourable).times(100).div(cases).toString(),
  numerator: String(favourable),
  denominator: String(cases),
});
const gap = (
  local: FigureRow,
  whole: FigureRow,
  formula: Formula | null = 'RATIO',
  membership: Membership = 'PART',
) => {
  const found = gapUncertaintyOf(local, whole, formula, membership);
  return typeof found === 'string' ? found : { ...found, significant: isSignificant(found) };
};

/** Newcombe (1998), table II, method 10: intervals of p1 − p2. */
const TABLE = [
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 10, 0.6075, 1],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
] as const;

test.each(TABLE)('%i of %i against %i of %i of others', (x1, n1, x2, n2, low, high) => {
  const found = uncertaintyBetween(rate(x1, n1), rate(x2, n2), 'RATIO');
  if (typeof found === 'string') throw new Error(found);
  expect(Math.abs(Number(found.low) - 100 * low)).toBeLessThan(0.011);
  expect(Math.abs(Number(found.high) - 100 * high)).toBeLessThan(0.011);
  expect(isSignificant(found)).toBe(low > 0);
  expect(uncertaintyBetween(rate(x1, n1), { ...rate(x2, n2), value: null }, 'RATIO')).toBe('NO_GAP');
  expect(uncertaintyBetween(rate(x1, n1), null, 'RATIO')).toBe('NO_GAP');
  expect(uncertaintyBetween({ ...base, value: '50' }, rate(x2, n2), 'RATIO')).toBe('COUNTS_UNKNOWN');
  expect(uncertaintyBetween(rate(x1, n1), rate(x2, n2), 'MEAN')).toBe('NOT_A_RATE');
});

// The gap to the whole is that of the rest, times the share of the rest in the whole.
test.each(TABLE)('%i of %i against %i of %i in the rest', (x1, n1, x2, n2, low, high) => {
  const found = gap(rate(x1, n1), rate(x1 + x2, n1 + n2));
  const shrunk = (bound: number) => (100 * bound * n2) / (n1 + n2);
  if (typeof found === 'string') throw new Error(found);
  expect(found.method).toBe('NEWCOMBE');
  expect(Number(found.low)).toBeCloseTo(shrunk(low), 1);
  expect(Number(found.high)).toBeCloseTo(shrunk(high), 1);
  expect(found.significant).toBe(low > 0);
});

test('a place that is most of the nation is not told apart from it as an outsider would be', () => {
  // 900 of the nation's 1 000 answers: outside of its own interval, yet only 100 answers say otherwise.
  const found = gap(rate(720, 900), rate(790, 1000));
  expect(found).toMatchObject({ method: 'NEWCOMBE', significant: true });
  expect(gap(rate(720, 900), rate(793, 1000))).toMatchObject({ significant: false });
});

test('a place that is the whole nation has no gap to it', () => {
  expect(gap(rate(70, 100), rate(70, 100))).toEqual({
    low: '0',
    high: '0',
    method: 'NEWCOMBE',
    significant: false,
  });
});

test('a nation without counts is taken as certain, whatever the place is of it', () => {
  const bare = (value: string): FigureRow => ({ ...base, value });
  const other = { method: 'FIXED_REFERENCE' };
  expect(gap(rate(50, 100), bare('60'))).toEqual({
    ...other,
    low: '-19.62',
    high: '-0.38',
    significant: true,
  });
  expect(gap(rate(50, 100), bare('59'))).toMatchObject({ ...other, significant: false });
  expect(gap(rate(50, 100), bare('60'), 'RATIO', 'UNKNOWN')).toMatchObject({ ...other, low: '-19.62' });
});

test('a nation that the place is not known to be a part of is compared as a stranger to it', () => {
  const apart = { method: 'NEWCOMBE', significant: false };
  // 70 of 100 beside 160 of 200, whose counts would fit.
  expect(gap(rate(70, 100), rate(160, 200), 'RATIO', 'UNKNOWN')).toEqual({
    ...apart,
    low: '-20.79',
    high: '0.14',
  });
  expect(gap(rate(70, 100), rate(160, 200))).toMatchObject({
    low: '-15.29',
    high: '-4.5',
    significant: true,
  });
  // Fewer than there are in the place.
  expect(gap(rate(50, 100), rate(45, 75))).toEqual({ ...apart, low: '-24.12', high: '4.85' });
  // As many, by chance.
  expect(gap(rate(70, 100), rate(70, 100), 'RATIO', 'UNKNOWN')).toEqual({
    ...apart,
    low: '-12.55',
    high: '12.55',
  });
});

test('as a stranger nothing is told apart that would not be as a part', () => {
  for (const [cases, all] of [
    [1, 2],
    [3, 13],
    [9, 10],
    [20, 300],
    [250, 300],
  ] as const) {
    for (let here = 0; here <= cases; here += Math.ceil(cases / 6)) {
      for (let there = 0; there <= all - cases; there += Math.ceil((all - cases) / 6)) {
        const [local, whole] = [rate(here, cases), rate(here + there, all)];
        const [part, stranger] = [gap(local, whole), gap(local, whole, 'RATIO', 'UNKNOWN')];
        if (typeof part === 'string' || typeof stranger === 'string') throw new Error('no interval');
        expect(Number(stranger.low)).toBeLessThanOrEqual(Number(part.low));
        expect(Number(stranger.high)).toBeGreaterThanOrEqual(Number(part.high));
      }
    }
  }
});

test('net rates compare the same way, twice as far', () => {
  const net = (for_: number, against: number): FigureRow => ({
    ...base,
    value: new Big(for_ - against)
      .times(100)
      .div(for_ + against)
      .toString(),
    very_favourable: for_,
    favourable: 0,
    unfavourable: against,
    very_unfavourable: 0,
    numerator: String(for_ - against),
    denominator: String(for_ + against),
  });
  const plain = gap(rate(56, 70), rate(104, 150));
  const twice = gap(net(56, 14), net(104, 46), 'NET');
  if (typeof plain === 'string' || typeof twice === 'string') throw new Error('no interval');
  expect(Number(twice.low)).toBeCloseTo(2 * Number(plain.low), 1);
  expect(Number(twice.high)).toBeCloseTo(2 * Number(plain.high), 1);
  expect(twice).toMatchObject({ method: 'NEWCOMBE', significant: true });
});

test.each<[string, FigureRow, FigureRow, Formula | null, string]>([
  ['a withheld place', { ...rate(1, 5), value: null }, rate(1, 50), 'RATIO', 'NO_GAP'],
  ['a withheld nation', rate(1, 5), { ...rate(1, 50), value: null }, 'RATIO', 'NO_GAP'],
  ['a place without counts', { ...base, value: '50' }, rate(50, 100), 'RATIO', 'COUNTS_UNKNOWN'],
  ['a delay', { ...rate(50, 10), value: '5' }, rate(50, 10), 'MEAN', 'NOT_A_RATE'],
])('nothing is said of %s', (_case, local, whole, formula, reason) => {
  expect(gap(local, whole, formula)).toBe(reason);
});
