import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  ministries,
  networksById,
  networksOfMinistries,
  pivots,
  predecessorsOf,
  searchNetworks,
  typologiesById,
  typologiesOfNetworks,
} from './network.query.ts';
import type { NetworkSearch } from './network.ts';

const database = await testDatabase();
await country()
  .ministry('MIN-armees', 'Ministère des Armées')
  .typology('TYP-agence', 'NET-france-travail', 'Agence')
  .typology('TYP-direction', 'NET-france-travail', 'Direction régionale')
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');

const ANY: NetworkSearch = {
  ids: null,
  ministry: null,
  finestLevel: null,
  search: null,
  includeClosed: false,
  order: 'NAME_ASC',
};
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('by id, closed ones included', async () => {
  expect(ids(await networksById(db, ['NET-pole-emploi', 'NET-nothing']))).toEqual(['NET-pole-emploi']);
});

test.each([
  ['current ones, by name', {}, ['NET-ants', 'NET-caf', 'NET-france-travail']],
  ['by code', { order: 'CODE_ASC' as const }, ['NET-ants', 'NET-caf', 'NET-france-travail']],
  ['closed ones too', { includeClosed: true, search: 'emploi' }, ['NET-france-travail', 'NET-pole-emploi']],
  ['another label', { search: 'POLE-EMPLOI' }, ['NET-france-travail']],
  ['part of a name without accents', { search: 'd allocations' }, ['NET-caf']],
  ['a level', { finestLevel: 'NATIONAL' as const }, ['NET-ants']],
  ['a ministry', { ministry: 'MIN-travail' }, ['NET-france-travail']],
  ['ids', { ids: ['NET-caf', 'NET-x'] }, ['NET-caf']],
  ['no ids', { ids: [] }, []],
  ['punctuation only', { search: '%' }, []],
])('networks: %s', async (_case, criteria, expected) => {
  expect(ids(await searchNetworks(db, { ...ANY, ...criteria }))).toEqual(expected);
});

test('predecessors, ministries and their networks', async () => {
  expect(ids(await predecessorsOf(db, ['NET-france-travail', 'NET-caf']))).toEqual(['NET-pole-emploi']);
  expect(ids(await ministries(db, null))).toEqual(['MIN-travail', 'MIN-armees'].sort());
  expect(ids(await ministries(db, ['MIN-travail']))).toEqual(['MIN-travail']);
  expect(ids(await networksOfMinistries(db, ['MIN-travail', 'MIN-armees']))).toEqual(['NET-france-travail']);
});

test('pivots have their label, else their code; a label without a network counts', async () => {
  expect(await pivots(db, {})).toEqual([
    { code: 'caf', label: "Caisse d'allocations familiales", networkId: 'NET-caf' },
    { code: 'mairie', label: 'Mairie', networkId: null },
    { code: 'pole_emploi', label: 'pole_emploi', networkId: 'NET-france-travail' },
  ]);
  expect((await pivots(db, { networks: ['NET-caf'] })).map(({ code }) => code)).toEqual(['caf']);
  expect((await pivots(db, { codes: ['mairie', 'x'] })).map(({ code }) => code)).toEqual(['mairie']);
});

test('typologies', async () => {
  expect(ids(await typologiesOfNetworks(db, ['NET-france-travail', 'NET-caf']))).toEqual([
    'TYP-agence',
    'TYP-direction',
  ]);
  expect(ids(await typologiesById(db, ['TYP-agence']))).toEqual(['TYP-agence']);
});
