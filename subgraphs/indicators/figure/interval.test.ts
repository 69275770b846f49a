import { Big } from 'big.js';
import { expect, test } from 'vitest';
import { type FigureRow, unpublished } from './figure.row.ts';
import { intervalOf, wilson } from './interval.ts';

const counts = (successes: number, cases: number) => ({
  successes: new Big(successes),
  cases: new Big(cases),
});

// Expected bounds computed apart, in floating point, from the textbook formula.
test.each([
  [785, 1000, '75.85', '80.93'],
  [0, 10, '0', '27.75'],
  [10, 10, '72.25', '100'],
  [1, 2, '9.45', '90.55'],
  [50, 100, '40.38', '59.62'],
])('%i of %i lies between %s and %s percent', (successes, cases, low, high) => {
  expect(wilson(counts(successes, cases))).toEqual({ low, high });
});

test.each([
  [0, 0],
  [11, 10],
  [-1, 10],
])('%i of %i has no interval', (successes, cases) => {
  expect(wilson(counts(successes, cases))).toBeNull();
});

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
const answers = { very_favourable: 20, favourable: 30, unfavourable: 30, very_unfavourable: 20 };

test.each<[string, Partial<FigureRow>, Parameters<typeof intervalOf>[1], string | null]>([
  ['answers', { value: '50', ...answers }, 'FAVOURABLE', '40.38'],
  ['counts', { value: '50', numerator: '50', denominator: '100' }, 'RATIO', '40.38'],
  ['a withheld value', { value: null, ...answers }, 'FAVOURABLE', null],
  ['a mean', { value: '5', numerator: '50', denominator: '10' }, 'MEAN', null],
  ['a net rate', { value: '0', ...answers }, 'NET', null],
  ['an undeclared formula', { value: '50', numerator: '50', denominator: '100' }, null, null],
  ['a bare rate', { value: '50' }, 'RATIO', null],
  ['half a distribution', { value: '50', very_favourable: 1, favourable: 2 }, 'FAVOURABLE', null],
])('the interval of %s', (_case, known, formula, low) => {
  expect(intervalOf({ ...base, ...known }, formula)?.low ?? null).toBe(low);
});
