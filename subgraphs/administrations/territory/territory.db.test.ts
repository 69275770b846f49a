import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  ancestorsOf,
  childCounts,
  childrenOf,
  meanCenters,
  mergedInto,
  territoriesById,
} from './territory.query.ts';
import type { TerritorySearch } from './territory.ts';
import { countTerritories, searchTerritories } from './territory-search.query.ts';

const database = await testDatabase();
await country()
  .territory('COM-62498', {
    name: 'Liévin',
    parent_id: 'DEP-62',
    population: 30_000,
    postal_codes: ['62800'],
  })
  .territory('COM-62427', { name: 'Hénin-Beaumont', parent_id: 'DEP-62', population: 26_000 })
  .territory('COM-62119', { name: 'Béthune', parent_id: 'DEP-62', population: 25_000 })
  .territory('COM-02001', { name: 'Arras-sur-Rien 100%', parent_id: 'REG-32' })
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');

const ANY: TerritorySearch = {
  search: null,
  level: null,
  postalCode: null,
  parent: null,
  includeMerged: false,
  order: null,
};
const ALL = { after: null, limit: 100 };
const found = async (criteria: Partial<TerritorySearch>) => {
  const rows = await searchTerritories(db, { ...ANY, ...criteria }, ALL);
  expect(await countTerritories(db, { ...ANY, ...criteria })).toBe(rows.length);
  return rows.map(({ id }) => id);
};

test('by id, merged communes included, unknown ids absent', async () => {
  const rows = await territoriesById(db, ['COM-62900', 'COM-62080', 'COM-00000', 'FR']);
  expect(rows.map(({ id, isCurrent }) => [id, isCurrent]).sort()).toEqual([
    ['COM-62080', true],
    ['COM-62900', false],
    ['FR', true],
  ]);
});

test('ancestors, nearest first, for several at once', async () => {
  const rows = await ancestorsOf(db, ['COM-75101', 'COM-62080', 'FR']);
  const of = (id: string) => rows.filter(({ ofId }) => ofId === id).map((row) => row.id);
  expect(of('COM-75101')).toEqual(['COM-75056', 'DEP-75', 'REG-11', 'FR']);
  expect(of('COM-62080')).toEqual(['DEP-62', 'REG-32', 'FR']);
  expect(of('FR')).toEqual([]);
});

test('children are current, in the order asked, cut after a cursor', async () => {
  const names = async (...args: [parents: string[], order: Parameters<typeof childrenOf>[2]]) =>
    (await childrenOf(db, ...args, ALL)).map(({ name }) => name);
  expect(await names(['DEP-62'], 'NAME_ASC')).toEqual([
    'Arras',
    'Bapaume',
    'Béthune',
    'Hénin-Beaumont',
    "L'Étoile-en-Artois",
    'Liévin',
  ]);
  expect((await names(['DEP-62'], 'NAME_DESC'))[0]).toBe('Liévin');
  expect(await names(['DEP-62'], 'POPULATION_DESC')).toEqual([
    'Arras',
    'Liévin',
    'Hénin-Beaumont',
    'Béthune',
    'Bapaume',
    "L'Étoile-en-Artois",
  ]);
  expect(await names(['COM-75056'], 'CODE_ASC')).toEqual([
    'Paris 1er Arrondissement',
    'Paris 15e Arrondissement',
  ]);
  const [second] = await childrenOf(db, ['DEP-62'], 'POPULATION_DESC', { after: null, limit: 2 }).then(
    (rows) => rows.slice(1),
  );
  const rest = await childrenOf(db, ['DEP-62'], 'POPULATION_DESC', {
    after: second?.sortKey ?? null,
    limit: 1,
  });
  expect(rest.map(({ name }) => name)).toEqual(['Hénin-Beaumont']);
});

test('children of several parents stay apart, and are counted', async () => {
  const rows = await childrenOf(db, ['FR', 'COM-75056'], 'NAME_ASC', { after: null, limit: 1 });
  expect(rows.map(({ parentId, name }) => [parentId, name])).toEqual([
    ['COM-75056', 'Paris 15e Arrondissement'],
    ['FR', 'Hauts-de-France'],
  ]);
  expect(await childCounts(db, ['DEP-62', 'COM-62080'])).toEqual([{ id: 'DEP-62', count: 6 }]);
});

test('former communes of one', async () => {
  expect((await mergedInto(db, ['COM-62080', 'COM-62041'])).map(({ id }) => id)).toEqual(['COM-62900']);
});

test('the mean centre of a commune is that of its département, of others that of their communes', async () => {
  const rows = await meanCenters(db, ['COM-62001', 'DEP-62', 'REG-11']);
  const [bapaumeArras] = rows.filter(({ key }) => key === 'DEP-62');
  expect(bapaumeArras?.latitude).toBeCloseTo((50.1036 + 50.291) / 2);
  expect(rows.find(({ key }) => key === 'COM-62001')).toMatchObject({ latitude: bapaumeArras?.latitude });
  expect(rows.map(({ key }) => key).sort()).toEqual(['COM-62001', 'DEP-62', 'REG-11']);
});

test.each([
  ['the same name before those that begin so', { search: 'ARRAS' }, ['COM-62041', 'COM-02001']],
  ['accents, apostrophes and hyphens do not matter', { search: 'l etoile en artois' }, ['COM-62001']],
  ['a word inside the name', { search: 'artois' }, ['COM-62001']],
  ['a misspelt name', { search: 'bapomme' }, ['COM-62080']],
  ['a postal code, by name', { search: '62450' }, ['COM-62080', 'COM-62001']],
  ['an INSEE code', { search: '62041' }, ['COM-62041']],
  ['a former code leads to the commune of today', { search: '62900' }, ['COM-62080']],
  ['a former name too', { search: 'vieux bapaume' }, ['COM-62080']],
  ['the former commune itself on demand', { search: '62900', includeMerged: true }, ['COM-62900']],
  ['a level narrows', { search: 'paris', level: 'DEPARTEMENT' as const }, ['DEP-75']],
  ['an id as such', { search: 'DEP-62' }, ['DEP-62']],
  ['% and _ are data', { search: '%' }, []],
  ['so is the rest', { search: "100%' or 1=1 --" }, []],
])('search: %s', async (_case, criteria, ids) => {
  expect(await found(criteria)).toEqual(ids);
});

test('filters: postal code, right below, everything of a level inside', async () => {
  expect(await found({ postalCode: '62450' })).toEqual(['COM-62080', 'COM-62001']);
  expect(await found({ parent: 'REG-11' })).toEqual(['DEP-75']);
  expect(await found({ parent: 'REG-11', level: 'COMMUNE' })).toEqual([
    'COM-75056',
    'COM-75115',
    'COM-75101',
  ]);
  expect(await found({ parent: 'FR', level: 'DEPARTEMENT' })).toEqual(['DEP-75', 'DEP-62']);
  expect(await found({ parent: 'nothing' })).toEqual([]);
});

test('a search in pages gives each match once, in the same order', async () => {
  const whole = await searchTerritories(db, { ...ANY, search: 'a' }, ALL);
  const walked: string[] = [];
  let after: (string | null)[] | null = null;
  for (;;) {
    const [row] = await searchTerritories(db, { ...ANY, search: 'a' }, { after, limit: 1 });
    if (!row) break;
    walked.push(row.id);
    after = row.sortKey;
  }
  expect(walked).toEqual(whole.map(({ id }) => id));
  expect(walked.length).toBeGreaterThan(2);
});
