import { Big } from 'big.js';
import { expect, test } from 'vitest';
import { type FigureRow, unpublished } from '../figure/figure.row.ts';
import type { Formula } from '../tables.ts';
import { gapUncertaintyOf, isSignificant, uncertaintyBetween } from './gap-uncertainty.ts';

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
const gap = (local: FigureRow | null, whole: FigureRow | null, formula: Formula | null = 'RATIO') => {
  const found = gapUncertaintyOf(local, whole, formula);
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

test('a nation without counts, or of other people, is taken as certain', () => {
  const bare = (value: string): FigureRow => ({ ...base, value });
  const other = { method: 'FIXED_REFERENCE' };
  expect(gap(rate(50, 100), bare('60'))).toEqual({
    ...other,
    low: '-19.62',
    high: '-0.38',
    significant: true,
  });
  expect(gap(rate(50, 100), bare('59'))).toMatchObject({ ...other, significant: false });
  // Fewer than there are in the place: another survey.
  expect(gap(rate(50, 100), rate(45, 75))).toMatchObject({ ...other, low: '-19.62' });
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

test.each<[string, FigureRow | null, FigureRow | null, Formula | null, string]>([
  ['a withheld place', { ...rate(1, 5), value: null }, rate(1, 50), 'RATIO', 'NO_GAP'],
  ['no nation', rate(1, 5), null, 'RATIO', 'NO_GAP'],
  ['a place without counts', { ...base, value: '50' }, rate(50, 100), 'RATIO', 'COUNTS_UNKNOWN'],
  ['a delay', { ...rate(50, 10), value: '5' }, rate(50, 10), 'MEAN', 'NOT_A_RATE'],
])('nothing is said of %s', (_case, local, whole, formula, reason) => {
  expect(gap(local, whole, formula)).toBe(reason);
});
