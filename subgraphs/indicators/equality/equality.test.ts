import { expect, test } from 'vitest';
import type { Unit } from '../tables.ts';
import { bridges } from './bridges.ts';
import { ratioOf } from './equality.ts';

const deciles = (first: string, last: string) => ({
  weight: 'UNITS' as const,
  units: 10,
  respondents: null,
  values: [first, ...Array<string>(7).fill('1'), last],
});

test.each<[string, string, Unit, string | null]>([
  ['60', '70', 'PERCENT', '1.166667'],
  ['0.5', '12', 'MINUTES', '24'],
  // Nothing is twice as much of a balance or of a score, nor of nothing.
  ['20', '40', 'POINTS', null],
  ['5', '8', 'SCORE_10', null],
  ['0', '8', 'DAYS', null],
])('from %s to %s in %s: %s', (first, last, unit, ratio) => {
  expect(ratioOf(deciles(first, last), unit)).toBe(ratio);
});

test('what can be worked out is what lies on no cycle; two flows side by side are a cycle', () => {
  const flow = (from: string, to: string, same = 1) => ({ from, to, same, about: `${from}${to}` });
  const found = bridges([
    ...[flow('a', 'b'), flow('b', 'c'), flow('c', 'a')],
    ...[flow('c', 'd'), flow('d', 'e', 2), flow('e', 'f')],
    ...[flow('x', 'y'), flow('z', 'z')],
  ]);
  expect(found.map(({ about }) => about).sort()).toEqual(['cd', 'ef', 'xy']);
});
