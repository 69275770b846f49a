import { expect, test } from 'vitest';
import { nextEntryId } from './entry-id.ts';

test('ids rise within a millisecond, and when the clock goes back', () => {
  const now = Date.parse('2026-11-22T00:00:00Z');
  const ids = [
    ...Array.from({ length: 5000 }, () => nextEntryId(now)),
    nextEntryId(now - 1000),
    nextEntryId(now + 10),
  ];
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
