import { expect, test } from 'vitest';
import { criteriaOf, isDescending, nearOf, refuseNames, refuseRelation } from './site.filter.ts';

const BAD = expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } });

test('near: 20 km unless said, narrowed by withinKm, never widened', () => {
  const here = { latitude: 50.1, longitude: 2.8 };
  expect(nearOf(here, {}).radiusKm).toBe(20);
  expect(nearOf({ ...here, radiusKm: 5 }, { withinKm: 50 }).radiusKm).toBe(5);
  expect(nearOf(here, { withinKm: 2 }).radiusKm).toBe(2);
});

test('a position finer than a centimetre is rounded', () => {
  expect(nearOf({ latitude: 5e-324, longitude: 1.000_000_04 }, {}).position).toMatchObject({
    latitude: 0,
    longitude: 1,
  });
});

test.each([
  ['latitude', { latitude: 90.1, longitude: 0 }],
  ['longitude', { latitude: 0, longitude: -180.1 }],
  ['radiusKm', { latitude: 0, longitude: 0, radiusKm: 501 }],
  ['radiusKm', { latitude: 0, longitude: 0, radiusKm: -1 }],
])('%s out of range is refused', (_name, near) => {
  expect(() => nearOf(near, {})).toThrow(BAD);
});

test('what makes no sense together is refused', () => {
  expect(() => isDescending('DISTANCE_ASC', {})).toThrow(BAD);
  expect(() => isDescending('NAME_ASC', { withinKm: 3 })).toThrow(BAD);
  expect(() => refuseRelation({ relation: 'SERVES' })).toThrow(BAD);
  expect(() => refuseNames('NAME_ASC')).toThrow(BAD);
  expect(() => refuseNames('DISTANCE_ASC')).not.toThrow();
  expect(() => refuseRelation({ relation: 'LOCATED' })).not.toThrow();
});

test('every text of a filter is checked', () => {
  for (const field of ['networks', 'pivots', 'structures'] as const) {
    expect(() => criteriaOf({ [field]: ['a\u0000'] })).toThrow(BAD);
  }
  expect(() => criteriaOf({ search: '\u202e' })).toThrow(BAD);
  expect(() => criteriaOf({}, '\ud800')).toThrow(BAD);
});
