import { expect, test } from 'vitest';
import { type FigureRow, unpublished } from './figure.row.ts';
import { uncertaintyOf } from './interval.ts';

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

const bounds = (known: Partial<FigureRow>, formula: Parameters<typeof uncertaintyOf>[1]) => {
  const found = uncertaintyOf({ ...base, ...known }, formula);
  return typeof found === 'string' ? found : `${found.method} ${found.low} ${found.high}`;
};

// Bounds of Wilson's interval computed apart, in floating point, from the textbook formula.
test.each<[string, Partial<FigureRow>, Parameters<typeof uncertaintyOf>[1], string]>([
  ['answers', { value: '50', ...answers }, 'FAVOURABLE', 'WILSON 40.38 59.62'],
  ['counts', { value: '78.5', numerator: '785', denominator: '1000' }, 'RATIO', 'WILSON 75.85 80.93'],
  ['nobody', { value: '0', numerator: '0', denominator: '10' }, 'RATIO', 'WILSON 0 27.75'],
  ['everybody', { value: '100', numerator: '10', denominator: '10' }, 'RATIO', 'WILSON 72.25 100'],
  ['a rate of respondents', { value: '50', respondents: 100 }, 'FAVOURABLE', 'WILSON 40.38 59.62'],
  ['a net rate without neutral answers', { value: '0', ...answers }, 'NET', 'TANGO -19.23 19.23'],
  ['a balance of answers', { value: '0', numerator: '0', denominator: '100' }, 'NET', 'TANGO -19.23 19.23'],
  ['a net rate of respondents', { value: '0', respondents: 100 }, 'NET', 'TANGO -19.23 19.23'],
  ['a withheld value', { value: null, ...answers }, 'FAVOURABLE', 'NO_VALUE'],
  ['a mean', { value: '5', numerator: '50', denominator: '10' }, 'MEAN', 'NOT_A_RATE'],
  ['an undeclared formula', { value: '50', numerator: '50', denominator: '100' }, null, 'NOT_A_RATE'],
  ['a bare rate', { value: '50' }, 'RATIO', 'COUNTS_UNKNOWN'],
  ['a ratio of other people', { value: '50', respondents: 100 }, 'RATIO', 'COUNTS_UNKNOWN'],
  ['half a distribution', { value: '50', very_favourable: 1, favourable: 2 }, 'FAVOURABLE', 'COUNTS_UNKNOWN'],
  ['no case', { value: '0', numerator: '0', denominator: '0' }, 'RATIO', 'COUNTS_UNKNOWN'],
  ['more than all', { value: '110', numerator: '11', denominator: '10' }, 'RATIO', 'COUNTS_UNKNOWN'],
])('the interval of %s', (_case, known, formula, expected) => {
  expect(bounds(known, formula)).toBe(expected);
});

test('neutral answers make a net rate surer than it looks', () => {
  const few = { very_favourable: 5, favourable: 10, unfavourable: 10, very_unfavourable: 5 };
  // As computed apart by another program, in floating point: 15 for, 15 against, 70 neutral.
  expect(bounds({ value: '0', ...few, denominator: '100' }, 'NET')).toBe('TANGO -10.98 10.98');
});
