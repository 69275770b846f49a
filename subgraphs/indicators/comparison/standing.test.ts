import { expect, test } from 'vitest';
import type { SpreadRow } from './spread.query.ts';
import { gapBetween, isBetter, medianOf, standingOf } from './standing.ts';

/** 5 units: 60, 70, 70, 80, 90; the value 70. */
const SPREAD: SpreadRow = {
  network_id: 'NET-caf',
  indicator_id: 'IND-SATISFACTION',
  version: 1,
  grain: 'YEAR',
  start: '2023-01-01',
  value: '70',
  units: 5,
  units_up_to: 3,
  units_below: 1,
  median: '70',
  published_median: null,
  has_published_extremes: false,
  of_territories: false,
};

test('ties share a rank, read with the direction', () => {
  expect(standingOf(SPREAD, 'HIGHER_IS_BETTER')).toEqual({ rank: 3, of: 5 });
  expect(standingOf(SPREAD, 'LOWER_IS_BETTER')).toEqual({ rank: 2, of: 5 });
});

test('a single unit is first of one', () => {
  const single = { ...SPREAD, units: 1, units_up_to: 1, units_below: 0 };
  expect(standingOf(single, 'HIGHER_IS_BETTER')).toEqual({ rank: 1, of: 1 });
});

test.each<[string, SpreadRow | null]>([
  ['no unit is known', null],
  ['nothing was published', { ...SPREAD, units: null, units_up_to: null, units_below: null }],
  ['the value is no unit’s', { ...SPREAD, units_up_to: null, units_below: null }],
  [
    'the source published extremes of units that the hub does not know',
    { ...SPREAD, has_published_extremes: true },
  ],
])('nobody is ranked when %s', (_case, spread) => {
  expect(standingOf(spread, 'HIGHER_IS_BETTER')).toBeNull();
});

test('a published median wins; the computed one goes when units are missing', () => {
  expect(medianOf(SPREAD)).toBe('70');
  expect(medianOf({ ...SPREAD, published_median: '71.5' })).toBe('71.5');
  expect(medianOf({ ...SPREAD, has_published_extremes: true })).toBeNull();
  expect(medianOf(null)).toBeNull();
});

const figure = (value: string | null) => ({ value });

test.each([
  ['78.5', '75.4', '3.1'],
  ['39', '34', '5'],
  ['0.3', '0.1', '0.2'],
  ['70', '71', '-1'],
])('the gap of %s to %s is %s, exactly', (local, other, gap) => {
  expect(gapBetween(figure(local), figure(other))).toBe(gap);
});

test('a withheld or missing figure has no gap and is neither better nor worse', () => {
  const known = figure('1');
  for (const missing of [figure(null), null]) {
    expect(gapBetween(missing, known)).toBeNull();
    expect(gapBetween(known, missing)).toBeNull();
    expect(isBetter(missing, known, 'HIGHER_IS_BETTER')).toBeNull();
    expect(isBetter(known, missing, 'HIGHER_IS_BETTER')).toBeNull();
  }
});

test('better is read with the direction, and equal is not better', () => {
  expect(isBetter(figure('15.47'), figure('16'), 'LOWER_IS_BETTER')).toBe(true);
  expect(isBetter(figure('15.47'), figure('16'), 'HIGHER_IS_BETTER')).toBe(false);
  expect(isBetter(figure('16'), figure('16.0'), 'LOWER_IS_BETTER')).toBe(false);
});
