import { expect, test } from 'vitest';
import { encodeCursor } from './connection.ts';
import { isDayAndId, type ListSource, pagesOf } from './lists.ts';

interface Row {
  id: string;
}
const NUMBERS = ['1', '2', '3', '4', '5'];

/** A list of numbers under each parent, that notes how it is read. */
function listed() {
  const calls: string[] = [];
  const source: ListSource<'TEAM', { least?: string }, Row> = {
    name: 'numbers',
    rows: async ({ filter, size, after }, parents) => {
      calls.push(`rows of ${parents.join()}`);
      const from = NUMBERS.filter((id) => id >= (filter.least ?? '') && id > (after?.[0] ?? ''));
      return parents.flatMap((parent) => from.slice(0, size).map((id) => ({ id, parent })));
    },
    count: async ({ filter }, parents) => {
      calls.push(`count of ${parents.join()}`);
      const count = NUMBERS.filter((id) => id >= (filter.least ?? '')).length;
      return parents.filter((parent) => parent !== 'nobody').map((parent) => ({ parent, count }));
    },
    keyOf: ({ id }) => [id],
    isKey: ([id]) => NUMBERS.includes(id ?? ''),
  };
  return { calls, pages: pagesOf(source) };
}

const total = ({ totalCount }: { totalCount: number | (() => Promise<number>) }) =>
  typeof totalCount === 'function' ? totalCount() : totalCount;

test('parents with the same arguments share a statement, and counts are read only when asked', async () => {
  const { calls, pages } = listed();
  const [a, b, other] = await Promise.all([
    pages('TEAM', 'a', { filter: {}, first: 2 }),
    pages('TEAM', 'b', { filter: {}, first: 2 }),
    pages('TEAM', 'a', { filter: { least: '4' }, first: 2 }),
  ]);
  expect(calls).toEqual(['rows of a,b', 'rows of a']);
  expect([a, b, other].map(({ rows }) => rows.map(({ id }) => id))).toEqual([
    ['1', '2'],
    ['1', '2'],
    ['4', '5'],
  ]);
  expect([a?.hasNextPage, other?.hasNextPage]).toEqual([true, false]);
  expect(await Promise.all([a, b].map(async (page) => total(page)))).toEqual([5, 5]);
  expect(calls).toEqual(['rows of a,b', 'rows of a', 'count of a,b']);
});

test('a page goes on after the cursor of the one before, and only there', async () => {
  const { pages } = listed();
  const first = await pages('TEAM', 'a', { filter: {}, first: 3 });
  const after = first.cursorOf(first.rows[2] ?? { id: '' });
  const second = await pages('TEAM', 'a', { filter: {}, first: 3, after });
  expect(second.rows.map(({ id }) => id)).toEqual(['4', '5']);
  expect([second.hasNextPage, second.hasPreviousPage]).toEqual([false, true]);
  await expect(pages('TEAM', 'b', { filter: {}, after })).rejects.toThrow('does not belong to this list');
  await expect(pages('TEAM', 'a', { filter: { least: '2' }, after })).rejects.toThrow('does not belong');
});

test('a parent that nobody counts has none', async () => {
  const { pages } = listed();
  expect(await total(await pages('TEAM', 'nobody', { filter: {} }))).toBe(0);
});

test.each([0, 101])('first: %i is refused', async (first) => {
  await expect(listed().pages('TEAM', 'a', { filter: {}, first })).rejects.toThrow('between 1 and 100');
});

test('a cursor whose seal was forged over another key never reaches the source', async () => {
  const { calls, pages } = listed();
  const forged = encodeCursor(JSON.stringify(['numbers', 'TEAM', 'a', {}]), ['nine']);
  await expect(pages('TEAM', 'a', { filter: {}, after: forged })).rejects.toThrow('does not belong');
  expect(calls).toEqual([]);
});

test.each<[(string | null)[], boolean]>([
  [['2024-02-29', 'TEM-1'], true],
  [[null, 'TEM-1'], true],
  [['2023-02-29', 'TEM-1'], false],
  [['0000-00-00', 'TEM-1'], false],
  [['0000-01-01', 'TEM-1'], false],
  [['infinity', 'TEM-1'], false],
  [['2024-02-29'], false],
  [['2024-02-29', null], false],
  [['2024-02-29', 'a', 'b'], false],
  [[], false],
])('%j is a day and an id: %s', (key, expected) => {
  expect(isDayAndId(key)).toBe(expected);
});
