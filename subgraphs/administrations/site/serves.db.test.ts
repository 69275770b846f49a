import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { country, siteId } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import type { SiteCriteria } from './site.ts';
import { sitesServing } from './site-serves.query.ts';

const ANY: SiteCriteria = {
  networks: null,
  pivots: null,
  structures: null,
  search: null,
  accessible: null,
  includeClosed: false,
  within: null,
};
const CAF = { ...ANY, networks: ['NET-caf'] };

const database = await testDatabase();
const owner = database.connect<AdministrationsDatabase>('administrations', 'owner');
const db = database.connect<AdministrationsDatabase>('administrations', 'public');
await country()
  .territory('COM-13055', { name: 'Marseille', parent_id: 'FR', latitude: 43.2965, longitude: 5.3698 })
  .territory('COM-13201', { name: 'Marseille 1er', parent_id: 'COM-13055', is_arrondissement: true })
  .network('NET-dreal')
  .site(siteId('20'), {
    name: 'Dreal sans position',
    network_id: 'NET-dreal',
    pivot: 'dreal',
    commune_id: 'COM-62041',
  })
  .site(siteId('21'), {
    network_id: 'NET-dreal',
    pivot: 'dreal',
    commune_id: 'COM-75101',
    latitude: 48.86,
    longitude: 2.33,
  })
  .network('NET-competent')
  .site(siteId('30'), {
    network_id: 'NET-competent',
    commune_id: 'COM-75056',
    latitude: 48.85,
    longitude: 2.35,
  })
  .site(siteId('31'), {
    network_id: 'NET-competent',
    commune_id: 'COM-62080',
    latitude: 50.1036,
    longitude: 2.8489,
  })
  .site(siteId('32'), { network_id: 'NET-competent', pivot: 'x', commune_id: 'COM-75115' })
  .competence('NET-competent', 'COM-62080', siteId('30'))
  .competence('NET-competent', 'COM-62080', siteId('32'))
  .competence('NET-competent', 'COM-75056', siteId('30'))
  .competence('NET-competent', 'COM-75115', siteId('32'))
  .save(owner);

const serving = async (commune: string, criteria: SiteCriteria = ANY) =>
  (await sitesServing(db, [commune], criteria))
    .map(({ id, kind, distanceKm }) => [id.slice(-2), kind, distanceKm])
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));

test('without competence: the nearest site of the network, wherever it stands', async () => {
  expect(await serving('COM-62080', CAF)).toEqual([['02', 'NEAREST', '20.924']]);
});

test('the competent sites, however far, and none besides; no distance without a position', async () => {
  expect(await serving('COM-62080', { ...ANY, networks: ['NET-competent'] })).toEqual([
    ['30', 'COMPETENT', '143.978'],
    ['32', 'COMPETENT', null],
  ]);
});

test('a commune includes the competence of its arrondissements; they fall back to it', async () => {
  const only = { ...ANY, networks: ['NET-competent'] };
  expect((await serving('COM-75056', only)).map(([id, kind]) => [id, kind])).toEqual([
    ['30', 'COMPETENT'],
    ['32', 'COMPETENT'],
  ]);
  expect(await serving('COM-75115', only)).toEqual([['32', 'COMPETENT', null]]);
  expect((await serving('COM-75101', only)).map(([id, kind]) => [id, kind])).toEqual([['30', 'COMPETENT']]);
});

test('a merged commune is answered for the one that holds it', async () => {
  expect(await serving('COM-62900', CAF)).toEqual(await serving('COM-62080', CAF));
});

test('a commune without a centre is measured from around it, an arrondissement from its commune', async () => {
  const [hamlet] = await serving('COM-62001', CAF);
  expect(hamlet).toEqual(['02', 'NEAREST', expect.stringMatching(/^1\d\.\d{3}$/)]);
  expect(await serving('COM-13201', CAF)).toEqual(await serving('COM-13055', CAF));
});

test('a site of the commune that has no position comes before a site of another commune', async () => {
  const only = { ...ANY, networks: ['NET-dreal'] };
  expect(await serving('COM-62041', only)).toEqual([['20', 'LOCATED', null]]);
  expect(await serving('COM-62080', only)).toEqual([['21', 'NEAREST', expect.any(String)]]);
});

test('without a filter: every network that has a current site', async () => {
  const ids = (await serving('COM-62080')).map(([id]) => id);
  expect(ids).toEqual(['01', '02', '21', '30', '32']);
});

test('pivots are services too, in a network or not', async () => {
  expect(await serving('COM-62041', { ...ANY, pivots: ['mairie', 'caf', 'nothing'] })).toEqual([
    ['02', 'NEAREST', expect.any(String)],
    ['05', 'NEAREST', expect.any(String)],
  ]);
});

test('the rest of the filter tells who may serve', async () => {
  expect((await serving('COM-62080', { ...CAF, search: 'louvre' })).map(([id]) => id)).toEqual(['03']);
  expect(await serving('COM-62080', { ...CAF, accessible: true })).toEqual([]);
  expect(await serving('COM-62080', { ...CAF, networks: [] })).toEqual([]);
});

test.each(['DEP-62', 'FR', 'COM-99999', "'; drop table"])('%s is no commune: nothing', async (id) => {
  expect(await serving(id)).toEqual([]);
});

test('one statement, whatever the number of communes; answers do not mix', async () => {
  const communes = [
    'COM-62080',
    'COM-62041',
    'COM-62001',
    'COM-75056',
    'COM-75101',
    'COM-75115',
    'COM-62900',
  ];
  await fc.assert(
    fc.asyncProperty(fc.subarray(communes, { minLength: 1 }), async (asked) => {
      const { result, statements } = await countStatements(() => sitesServing(db, asked, ANY));
      expect(statements).toHaveLength(1);
      for (const commune of asked) {
        const mine = result.filter(({ scope }) => scope === commune).map(({ id }) => id.slice(-2));
        expect(mine.sort()).toEqual((await serving(commune)).map(([id]) => id));
      }
    }),
    { numRuns: 10 },
  );
});
