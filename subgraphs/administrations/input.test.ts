import { expect, test } from 'vitest';
import { cleanText } from '../../kernel/text.ts';
import { idOf, numberBetween, searchOf, textsOf } from './input.ts';

const BAD = { extensions: { code: 'BAD_USER_INPUT' } };

test.each([
  ['NUL', 'a\u0000b'],
  ['half of a surrogate pair', 'a\ud800'],
  ['a right-to-left override', 'a\u202eb'],
  ['an isolate', '\u2066a'],
  ['a right-to-left mark', 'a\u200f'],
])('%s is not text', (_case, value) => {
  expect(() => cleanText(value, 'search')).toThrow(expect.objectContaining(BAD));
  expect(() => idOf('Site', value)).toThrow(expect.objectContaining(BAD));
  expect(() => textsOf(['ok', value], 'pivots')).toThrow(expect.objectContaining(BAD));
});

test.each(["L'Haÿ-les-Roses", '100 %_\\ "x"; drop table', '日本 🇫🇷', ''])(
  '%s is text, unchanged',
  (value) => {
    expect(cleanText(value, 'search')).toBe(value);
  },
);

test('an id of another type, or no id at all, names nothing', () => {
  expect(idOf('Site', 'SITE-1')).toBe('SITE-1');
  expect(idOf('Site', 'NET-caf')).toBeNull();
  expect(idOf('Network', 'caf')).toBeNull();
  expect(idOf('Territory', "COM-62080' or 1=1")).toBeNull();
});

test('a blank search looks for nothing, a very long one is refused', () => {
  expect(searchOf('   ')).toBeNull();
  expect(searchOf(undefined)).toBeNull();
  expect(searchOf(' arras ')).toBe(' arras ');
  expect(() => searchOf('a'.repeat(201))).toThrow(expect.objectContaining(BAD));
});

test('an empty list stays a filter, an omitted one is none', () => {
  expect(textsOf([], 'networks')).toEqual([]);
  expect(textsOf(null, 'networks')).toBeNull();
});

test('a list may hold a hundred items', () => {
  expect(textsOf(Array(100).fill('NET-caf'), 'networks')).toHaveLength(100);
  expect(() => textsOf(Array(101).fill('NET-caf'), 'networks')).toThrow(expect.objectContaining(BAD));
});

test.each([-1, 500.1, Number.NaN])('a distance of %s is refused', (value) => {
  expect(() => numberBetween(value, 'withinKm', [0, 500])).toThrow(expect.objectContaining(BAD));
});
