import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { unpublished } from './figure.row.ts';
import { isDescending, pageOfFigures } from './order.ts';

const row = (subject_id: string, value: string | null) => ({
  ...unpublished({
    network_id: 'NET-caf',
    indicator_id: 'IND-SATISFACTION',
    definition_version: 1,
    period_grain: 'YEAR',
    period_start: '2023-01-01',
    period_end: '2023-12-31',
    subject_kind: 'TERRITORY',
    subject_id,
  }),
  value,
});
const ROWS = [
  row('DEP-03', '9.5'),
  row('DEP-01', null),
  row('DEP-02', '10'),
  row('DEP-04', '9.50'),
  row('DEP-05', null),
];

const pages = (descending: boolean, size: number): string[][] => {
  const found: string[][] = [];
  let after: string | null = null;
  do {
    const page = pageOfFigures(ROWS, { list: 'test', descending, size, after });
    found.push(page.rows.map((figure) => figure.subject_id ?? ''));
    const last = page.rows.at(-1);
    after = last && page.hasNextPage ? page.cursorOf(last) : null;
  } while (after !== null);
  return found;
};

test('decimals are compared as numbers, equal ones by subject, missing ones last in both orders', () => {
  expect(pages(false, 10)).toEqual([['DEP-03', 'DEP-04', 'DEP-02', 'DEP-01', 'DEP-05']]);
  expect(pages(true, 10)).toEqual([['DEP-02', 'DEP-03', 'DEP-04', 'DEP-01', 'DEP-05']]);
});

test.each([1, 2, 3, 4])('pages of %i hold every row once', (size) => {
  expect(pages(false, size).flat()).toEqual(pages(false, 10).flat());
  expect(pages(true, size).flat()).toEqual(pages(true, 10).flat());
});

test('a cursor whose row is gone goes on where the row was', () => {
  const page = pageOfFigures(ROWS, { list: 'test', descending: false, size: 1, after: null });
  const [first] = page.rows;
  if (!first) throw new Error('no row');
  const rest = pageOfFigures(ROWS.slice(1), {
    list: 'test',
    descending: false,
    size: 9,
    after: page.cursorOf(first),
  });
  expect(rest.rows.map((figure) => figure.subject_id)).toEqual(['DEP-04', 'DEP-02', 'DEP-01', 'DEP-05']);
});

test('ranks follow the direction, values do not', () => {
  expect(isDescending('RANK', 'HIGHER_IS_BETTER')).toBe(true);
  expect(isDescending('RANK', 'LOWER_IS_BETTER')).toBe(false);
  expect(isDescending('VALUE_DESC', 'LOWER_IS_BETTER')).toBe(true);
  expect(isDescending('VALUE_ASC', 'HIGHER_IS_BETTER')).toBe(false);
});

test.each(['ten', '1e999', ' '])('a cursor forged over the value %j is refused', (value) => {
  const after = encodeCursor('test', [value, 'DEP-02']);
  expect(() => pageOfFigures(ROWS, { list: 'test', descending: false, size: 1, after })).toThrow(
    expect.objectContaining({ code: 'BAD_USER_INPUT' }),
  );
});
