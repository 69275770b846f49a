import { expect, test } from 'vitest';
import { orderServing, sliceServing } from './serving.ts';
import type { ServiceRelation, Site } from './site.ts';

const site = (id: string, kind: ServiceRelation['kind'], distanceKm: string | null, name = id) => ({
  ...({ id, name, pivot: 'caf', pivots: ['caf'] } as Site),
  kind,
  distanceKm,
});
const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

const ROWS = [
  site('SITE-c', 'NEAREST', '9.5', 'Éva'),
  site('SITE-a', 'COMPETENT', '10.25', 'Bob'),
  site('SITE-d', 'LOCATED', null, 'Ana'),
  site('SITE-b', 'NEAREST', '9.5', 'eva'),
];

test('nearest first by value, not by text; unknown distances last; the id between equals', () => {
  expect(idsOf(orderServing(ROWS, 'DISTANCE_ASC', null))).toEqual(['SITE-b', 'SITE-c', 'SITE-a', 'SITE-d']);
});

test('by name, without accents or case, both ways', () => {
  expect(idsOf(orderServing(ROWS, 'NAME_ASC', null))).toEqual(['SITE-d', 'SITE-a', 'SITE-b', 'SITE-c']);
  expect(idsOf(orderServing(ROWS, 'NAME_DESC', null))).toEqual(['SITE-c', 'SITE-b', 'SITE-a', 'SITE-d']);
});

test('a site reached twice is there once, competent if it is', () => {
  const rows = [site('SITE-a', 'NEAREST', '1'), site('SITE-a', 'COMPETENT', '1')];
  expect(orderServing(rows, 'DISTANCE_ASC', null).map(({ service }) => service?.kind)).toEqual(['COMPETENT']);
});

test('a limit of distance keeps sites at an unknown one', () => {
  expect(idsOf(orderServing(ROWS, 'DISTANCE_ASC', 9.5))).toEqual(['SITE-b', 'SITE-c', 'SITE-d']);
});

test.each(['DISTANCE_ASC', 'NAME_ASC', 'NAME_DESC'] as const)(
  '%s: pages put together are the list',
  (order) => {
    const all = orderServing(ROWS, order, null);
    const walked: string[] = [];
    let after: (string | null)[] | null = null;
    for (;;) {
      const [next]: typeof all = sliceServing(all, order, { after, limit: 1 });
      if (!next) break;
      walked.push(next.id);
      after = next.sortKey;
    }
    expect(walked).toEqual(idsOf(all));
  },
);
