import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isAfter, numeric, type SortOrder, text } from './keyset.ts';

const ORDER: SortOrder = { columns: [numeric(sql`distance`), text(sql`id`)] };

test.each([
  ['no number', ['near', 'SITE-1']],
  ['too many digits', ['1'.repeat(30), 'SITE-1']],
  ['too few values', ['1.5']],
  ['too many values', ['1.5', 'SITE-1', 'x']],
  ['null', ['1.5', null]],
  ['NUL', ['1.5', 'SITE-\u0000']],
])('a forged cursor is refused: %s', (_case, key) => {
  expect(() => isAfter(ORDER, key)).toThrow(
    expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
  );
});

test('a cursor that the list made is read', () => {
  expect(() => isAfter(ORDER, ['-0.5', ''])).not.toThrow();
  expect(() => isAfter(ORDER, null)).not.toThrow();
});
