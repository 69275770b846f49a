import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refused } from '../../../kernel/write/refused.ts';
import { MASK, masked, type Passage } from './passages.ts';

const body = (text: string, ...ranges: [number, number][]) =>
  masked(
    { TITLE: 'Titre', BODY: text },
    ranges.map(([start, end]): Passage => ({ field: 'BODY', start, end })),
  ).BODY;

test.each([
  ['at the beginning', body('abcdef', [0, 2]), '[…]cdef'],
  ['at the end', body('abcdef', [4, 6]), 'abcd[…]'],
  ['two', body('abcdef', [4, 5], [1, 2]), 'a[…]cd[…]f'],
  ['two that overlap', body('abcdef', [1, 3], [2, 5]), 'a[…]f'],
  ['two that touch', body('abcdef', [0, 2], [2, 4]), '[…]ef'],
  ['one in another', body('abcdef', [1, 5], [2, 3]), 'a[…]f'],
  ['everything', body('abcdef', [0, 6]), '[…]'],
  ['half of a sign of two units', body('a😀b', [2, 4]), 'a[…]'],
])('%s', (_what, text, expected) => {
  expect(text).toBe(expected);
});

test.each([
  [-1, 2],
  [2, 2],
  [3, 2],
  [0, 7],
] as [number, number][])('%d to %d is no passage', (start, end) => {
  expect(() => body('abcdef', [start, end])).toThrow(Refused);
});

test('a mask only takes away: whatever the passages, what is left was there in this order', () => {
  const passages = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 10 })), { maxLength: 6 });
  fc.assert(
    fc.property(fc.string({ minLength: 50, maxLength: 60 }), passages, (text, ranges) => {
      const left = body(text, ...ranges.map(([start, length]): [number, number] => [start, start + length]));
      const covered = new Set(
        ranges.flatMap(([start, length]) => Array.from({ length }, (_, at) => start + at)),
      );
      const kept = text.split('').filter((_, at) => !covered.has(at));
      expect(left.split(MASK).join('')).toBe(kept.join(''));
    }),
    { seed: 4 },
  );
});
