import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Access, accessOf, type Home } from './access.ts';

/** On one meridian a kilometre is a known part of a degree, so that distances are known beforehand. */
const atKm = (km: number) => ({ latitude: (km / 6371.0088) * (180 / Math.PI), longitude: 2 });
const home = (km: number, people: number, more: Partial<Home> = {}): Home => ({
  people,
  position: atKm(km),
  above: ['DEP-62', 'FR'],
  density: 'SPARSE',
  setting: 'RURAL',
  ...more,
});
const find = (all: readonly Access[], territory: string, part = '') =>
  all.find((each) => each.territory === territory && each.part === part);

test('people, not communes, are counted: at least half and nine tenths of them, ends of a distance included', () => {
  const homes = [home(0, 50), home(5, 30), home(10.001, 10), home(20, 9), home(21, 1)];
  const found = accessOf(homes, new Map([['NET-caf', [atKm(0), atKm(400)]]]));
  expect(find(found, 'FR')).toEqual({
    network: 'NET-caf',
    territory: 'FR',
    part: '',
    population: 100,
    medianM: 0,
    p90M: 10_001,
    within5Km: 80,
    within10Km: 80,
    within20Km: 99,
  });
});

test('by setting and by density; overseas communes are in no density', () => {
  const homes = [
    home(0, 10),
    home(3, 10, { density: 'DENSE', setting: 'URBAN' }),
    home(9, 10, { density: 'DENSE', setting: 'OVERSEAS', above: ['DEP-971', 'FR'] }),
    home(9, 10, { density: null, setting: null }),
  ];
  const found = accessOf(homes, new Map([['NET-caf', [atKm(1)]]]));
  expect(
    found
      .filter(({ territory }) => territory === 'FR')
      .map(({ part, population, medianM }) => [part, population, medianM]),
  ).toEqual([
    ['', 40, 2000],
    ['RURAL', 10, 1000],
    ['SPARSE', 10, 1000],
    ['URBAN', 10, 2000],
    ['DENSE', 10, 2000],
    ['OVERSEAS', 10, 8000],
  ]);
  expect(find(found, 'DEP-971')).toMatchObject({ population: 10, medianM: 8000 });
});

test('a network without sites has no access', () => {
  expect(accessOf([home(0, 1)], new Map([['NET-caf', []]]))).toEqual([]);
});

test('any people: quantiles and shares are those of a list with one entry per person', () => {
  const homes = fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 1, max: 30 })), {
    minLength: 1,
    maxLength: 40,
  });
  fc.assert(
    fc.property(homes, (given) => {
      const [found] = accessOf(
        given.map(([metres, people]) => home(metres / 1000, people)),
        new Map([['NET-caf', [atKm(0)]]]),
      );
      const persons = given
        .flatMap(([metres, people]) => Array<number>(people).fill(metres))
        .sort((a, b) => a - b);
      const upTo = (metres: number) => persons.filter((each) => each <= metres).length;
      expect(found).toMatchObject({
        population: persons.length,
        medianM: persons[Math.ceil(persons.length / 2) - 1],
        p90M: persons[Math.ceil((persons.length * 9) / 10) - 1],
        within5Km: upTo(5000),
        within10Km: upTo(10_000),
        within20Km: upTo(20_000),
      });
    }),
  );
});
