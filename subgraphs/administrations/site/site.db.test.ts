import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country, siteId } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { sitesById, sitesOfStructures } from './site.query.ts';
import type { SiteCriteria } from './site.ts';
import { communesServed, siteDetails } from './site-detail.query.ts';
import { countSites, listSites, type SiteScope } from './site-list.query.ts';

const database = await testDatabase();
await country()
  .alias('SITE-former', siteId('1'))
  .alias('pole_emploi-62080-01', siteId('1'))
  .alias(siteId('2'), siteId('1'))
  .site(siteId('7'), { name: 'Mairie déléguée', commune_id: 'COM-62080', source_commune_code: '62900' })
  .structure('STR-1', { network_id: 'NET-caf' })
  .structure('STR-2', { network_id: 'NET-caf', parent_id: 'STR-1' })
  .link('STR-2', siteId('3'), 'POSSIBLE')
  .link('STR-2', siteId('2'), 'CERTAIN')
  .link('STR-2', siteId('6'), 'CERTAIN')
  .competence('NET-caf', 'COM-62080', siteId('2'))
  .competence('NET-caf', 'COM-62041', siteId('2'))
  .contact(siteId('1'), {
    directions: 'Bus 3',
    phones: [{ value: '0321000000', purpose: 'Employeurs' }],
    mediators: [{ name: 'Médiateur', role: null, phone: null, email: null, website: null }],
  })
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');

const ANY: SiteCriteria = {
  networks: null,
  pivots: null,
  structures: null,
  search: null,
  accessible: null,
  includeClosed: false,
  within: null,
};
const ALL = { after: null, limit: 100 };
const ends = (rows: readonly { id: string }[]) => rows.map(({ id }) => id.slice(-1));
const list = async (scope: SiteScope, key: string, criteria: Partial<SiteCriteria> = {}) => {
  const wanted = { ...ANY, ...criteria };
  const rows = await listSites(db, { scope, criteria: wanted, descending: false }, [key], ALL);
  const [counted] = await countSites(db, { scope, criteria: wanted }, [key]);
  expect(counted?.count ?? 0).toBe(rows.length);
  return ends(rows);
};

test('by id, closed ones included; an alias leads to its site, but never hides one', async () => {
  const rows = await sitesById(db, [siteId('6'), 'SITE-former', siteId('2'), 'SITE-unknown']);
  expect(rows.map(({ asked, id }) => [asked, id.slice(-1)]).sort()).toEqual([
    [siteId('2'), '2'],
    [siteId('6'), '6'],
    ['SITE-former', '1'],
  ]);
});

test.each([
  ['NATIONAL', 'FR', ['3', '4', '2', '5', '7', '1']],
  ['REGION', 'REG-32', ['2', '5', '7', '1']],
  ['DEPARTEMENT', 'DEP-75', ['3', '4']],
  ['COMMUNE', 'COM-62080', ['5', '7', '1']],
  ['COMMUNE', 'COM-75056', ['3', '4']],
  ['COMMUNE', 'COM-75101', ['3']],
  ['COMMUNE', 'COM-62900', ['7']],
  ['COMMUNE', 'COM-62001', []],
  ['COMMUNE', 'COM-00000', []],
  ['NETWORK', 'NET-caf', ['3', '4', '2']],
  ['ALL', '*', ['3', '4', '2', '5', '7', '1']],
] as const)('located: %s %s', async (scope, key, expected) => {
  expect(await list(scope, key)).toEqual(expected);
});

test.each([
  ['networks', { networks: ['NET-france-travail', 'NET-caf'] }, ['3', '4', '2', '1']],
  ['no network', { networks: [] }, []],
  ['pivots', { pivots: ['mairie'] }, ['5', '7']],
  ['structures and those below', { structures: ['STR-1'] }, ['3', '2']],
  ['words in any order', { search: 'bapaume EMPLOI' }, ['1']],
  ['accessible', { accessible: true }, ['1']],
  ['known not to be accessible', { accessible: false }, []],
  ['closed too', { includeClosed: true, search: 'ferme' }, ['6']],
  ['% is data', { search: '%' }, []],
  ['a percentage is its digits', { search: '100 %', includeClosed: true }, ['6']],
  ['within a commune', { within: 'COM-75056' }, ['3', '4']],
  ['within a région', { within: 'REG-11' }, ['3', '4']],
  ['within the nation', { within: 'FR', pivots: ['caf'] }, ['3', '4', '2']],
  ['within nothing', { within: "x' or 1=1" }, []],
])('filter: %s', async (_case, criteria, expected) => {
  expect(await list('ALL', '*', criteria)).toEqual(expected);
});

test('several territories at once, each with its own slice', async () => {
  const listing = { scope: 'COMMUNE' as const, criteria: ANY, descending: true };
  const rows = await listSites(db, listing, ['COM-62080', 'COM-75056'], { after: null, limit: 2 });
  expect(rows.map(({ scope, id }) => [scope, id.slice(-1)])).toEqual([
    ['COM-62080', '1'],
    ['COM-62080', '7'],
    ['COM-75056', '4'],
    ['COM-75056', '3'],
  ]);
});

test('sites of a structure: current ones, surest first', async () => {
  expect(ends(await sitesOfStructures(db, ['STR-2', 'STR-1']))).toEqual(['2', '3']);
});

test('what the network adds completes what the directory has', async () => {
  const [detail] = await siteDetails(db, [siteId('1')]);
  expect(detail).toMatchObject({
    directions: 'Bus 3',
    phones: [
      { value: '3949', purpose: null },
      { value: '0321000000', purpose: 'Employeurs' },
    ],
    mediators: [{ name: 'Médiateur' }],
    emails: [],
    accessibility: 'ACCESSIBLE',
    modifiedOn: '2025-06-01',
  });
  const [bare] = await siteDetails(db, [siteId('2')]);
  expect(bare).toMatchObject({
    directions: null,
    phones: [],
    mediators: [],
    support: [],
    contactImportId: null,
  });
});

test('communes that a site is competent for, by name', async () => {
  expect((await communesServed(db, [siteId('2')])).map(({ communeId }) => communeId)).toEqual([
    'COM-62041',
    'COM-62080',
  ]);
});
