import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { exportedFile } from '../../../test/kit/exported.ts';
import { structuresExport } from '../export/structures.export.ts';
import { country, siteId } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  childStructures,
  countStructures,
  listStructures,
  structureAncestors,
  structuresById,
  structuresOfSites,
} from './structure.query.ts';
import type { StructureCriteria } from './structure.ts';

const caf = { network_id: 'NET-caf' };
const database = await testDatabase();
await country()
  .typology('TYP-caf', 'NET-caf', 'CAF')
  .structure('STR-1', { ...caf, name: 'CNAF', level: 'NATIONAL' })
  .structure('STR-2', {
    ...caf,
    name: 'CAF du Pas-de-Calais',
    parent_id: 'STR-1',
    departement_id: 'DEP-62',
    typology_id: 'TYP-caf',
  })
  .structure('STR-3', {
    ...caf,
    name: 'Accueil d’Arras',
    parent_id: 'STR-2',
    commune_id: 'COM-62041',
    departement_id: 'DEP-62',
  })
  .structure('STR-4', { ...caf, name: 'Accueil fermé', parent_id: 'STR-2', valid_to: '2020-01-01' })
  .structure('STR-5', {
    network_id: 'NET-ants',
    name: 'Paris 1er',
    commune_id: 'COM-75101',
    departement_id: 'DEP-75',
  })
  .structure('STR-7', { network_id: 'NET-ants', name: 'Boucle', parent_id: 'STR-6' })
  .structure('STR-6', { network_id: 'NET-ants', name: 'Boucle', parent_id: 'STR-7' })
  .link('STR-1', siteId('2'), 'POSSIBLE')
  .link('STR-3', siteId('2'), 'CERTAIN')
  .link('STR-4', siteId('2'), 'CERTAIN')
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');

const ANY: StructureCriteria = {
  typology: null,
  level: null,
  parent: null,
  rootsOnly: false,
  within: null,
  search: null,
  includeClosed: false,
  order: 'NAME_ASC',
};
const ALL = { after: null, limit: 100 };
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

/** The structures of an export with the same filters. */
async function exported(criteria: Partial<StructureCriteria>): Promise<string[]> {
  const parameters = Object.entries(criteria)
    .filter(([name]) => name !== 'order')
    .map(([name, value]) => [name === 'within' ? 'territory' : name, String(value)]);
  const set = { set: structuresExport, subgraph: 'administrations' };
  const file = await exportedFile(database.url, set, 'ndjson', String(new URLSearchParams(parameters)));
  return ids(
    String(file)
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  );
}

test.each([
  ['all current, by name; the id between equals', {}, ['STR-3', 'STR-6', 'STR-7', 'STR-2', 'STR-1', 'STR-5']],
  ['by code', { order: 'CODE_ASC' as const }, ['STR-1', 'STR-2', 'STR-3', 'STR-5', 'STR-6', 'STR-7']],
  ['closed ones too', { includeClosed: true, parent: 'STR-2' }, ['STR-3', 'STR-4']],
  ['of a kind', { typology: 'TYP-caf' }, ['STR-2']],
  ['of a level', { level: 'NATIONAL' as const }, ['STR-1']],
  ['roots', { rootsOnly: true }, ['STR-1', 'STR-5']],
  ['in a département', { within: 'DEP-62' }, ['STR-3', 'STR-2']],
  ['in a commune with arrondissements', { within: 'COM-75056' }, ['STR-5']],
  ['words in any order', { search: 'calais caf' }, ['STR-2']],
  ['% is data', { search: '%' }, []],
])('structures: %s', async (_case, criteria, expected) => {
  expect(ids(await listStructures(db, null, { ...ANY, ...criteria }, ALL))).toEqual(expected);
  const [counted] = await countStructures(db, null, { ...ANY, ...criteria });
  expect(counted?.count ?? 0).toBe(expected.length);
  expect(await exported(criteria)).toEqual(expected.toSorted());
});

test('lists of several networks stay apart', async () => {
  const rows = await listStructures(db, ['NET-caf', 'NET-ants'], ANY, { after: null, limit: 2 });
  expect(rows.map(({ scope, id }) => [scope, id])).toEqual([
    ['NET-ants', 'STR-6'],
    ['NET-ants', 'STR-7'],
    ['NET-caf', 'STR-3'],
    ['NET-caf', 'STR-2'],
  ]);
  expect(
    (await countStructures(db, ['NET-caf', 'NET-ants'], ANY)).sort((a, b) => (a.id < b.id ? -1 : 1)),
  ).toEqual([
    { id: 'NET-ants', count: 3 },
    { id: 'NET-caf', count: 3 },
  ]);
});

test('the tree: children are current, ancestors nearest first, a loop ends', async () => {
  expect(ids(await structuresById(db, ['STR-4', 'STR-9']))).toEqual(['STR-4']);
  expect(ids(await childStructures(db, ['STR-2', 'STR-1']))).toEqual(['STR-2', 'STR-3']);
  const above = await structureAncestors(db, ['STR-3', 'STR-6']);
  expect(above.map(({ ofId, id }) => [ofId, id])).toEqual([
    ['STR-3', 'STR-2'],
    ['STR-3', 'STR-1'],
    ['STR-6', 'STR-7'],
  ]);
});

test('structures of a site: current ones, surest first', async () => {
  const links = await structuresOfSites(db, [siteId('2'), siteId('1')]);
  expect(links.map(({ id, confidence }) => [id, confidence])).toEqual([
    ['STR-3', 'CERTAIN'],
    ['STR-1', 'POSSIBLE'],
  ]);
});
