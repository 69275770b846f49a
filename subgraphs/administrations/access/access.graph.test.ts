import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { SEED_IMPORT } from '../fixtures/seed.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { refreshAccess } from './refresh.ts';

const database = await testDatabase();
const owner = database.connect<AdministrationsDatabase>('administrations', 'owner');
await country().save(owner);
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());
// A database that is older than the measure of surroundings: they are measured here too.
await refreshAccess(database.url);

const get = async (query: string) => {
  const { data, errors } = await ask<Record<string, { access: object }>>(subgraph, query);
  expect(errors).toEqual([]);
  return data;
};
const SHARES = 'population medianKm p90Km shareWithin5Km shareWithin10Km shareWithin20Km';

test('how far people are from the nearest open site of a network, in it or not', async () => {
  const { network } = await get(`{ network(id: "NET-caf") { access {
    network { id } territory { id } ${SHARES}
    bySetting { setting density ${SHARES} } byDensity { setting density population medianKm } } } }`);
  // Paris is 1.3 km from the Louvre; Bapaume, whose own site is closed, 20.9 km from Arras.
  const paris = { population: 2_100_000, medianKm: 1.32, p90Km: 1.32 };
  const all = { shareWithin5Km: 1, shareWithin10Km: 1, shareWithin20Km: 1 };
  const rural = { population: 46_200, medianKm: 0.542, p90Km: 0.542 };
  expect(network?.access).toEqual({
    network: { id: 'NET-caf' },
    territory: { id: 'FR' },
    population: 2_146_200,
    medianKm: 1.32,
    p90Km: 1.32,
    shareWithin5Km: 0.998,
    shareWithin10Km: 0.998,
    shareWithin20Km: 0.998,
    bySetting: [
      {
        setting: 'RURAL',
        density: null,
        ...rural,
        shareWithin5Km: 0.9091,
        shareWithin10Km: 0.9091,
        shareWithin20Km: 0.9091,
      },
      { setting: 'URBAN', density: null, ...paris, ...all },
    ],
    byDensity: [
      { setting: null, density: 'DENSE', population: 2_100_000, medianKm: 1.32 },
      { setting: null, density: 'SPARSE', population: 42_000, medianKm: 0.542 },
      { setting: null, density: 'VERY_SPARSE', population: 4200, medianKm: 20.924 },
    ],
  });
});

test('of the people of a département; none without sites, in a commune, or for an unknown id', async () => {
  const { network, ants, commune } = await get(`{
    network(id: "NET-france-travail") {
      within: access(within: "DEP-75") { medianKm bySetting { setting } }
      unknown: access(within: "DEP-99") { medianKm } other: access(within: "NET-caf") { medianKm } }
    ants: network(id: "NET-ants") { access { medianKm } }
    commune: territory(id: "COM-62080") { access(network: "NET-caf") { medianKm } } }`);
  expect(network).toEqual({
    // From Paris to Bapaume.
    within: { medianKm: 143.108, bySetting: [{ setting: 'URBAN' }] },
    unknown: null,
    other: null,
  });
  expect([ants, commune]).toEqual([{ access: null }, { access: null }]);
});

test('surroundings of a commune, of a département, of a former commune and of one without a centre', async () => {
  const FIELDS = 'populationWithin10Km density setting';
  const found =
    await get(`{ bapaume: territory(id: "COM-62080") { ${FIELDS} } arras: territory(id: "COM-62041") { ${FIELDS} }
    paris: territory(id: "COM-75115") { ${FIELDS} } dep: territory(id: "DEP-62") { ${FIELDS} }
    former: territory(id: "COM-62900") { ${FIELDS} } lost: territory(id: "COM-62001") { ${FIELDS} } }`);
  const none = { populationWithin10Km: null, density: null, setting: null };
  expect(found).toEqual({
    bapaume: { populationWithin10Km: 4200, density: 'VERY_SPARSE', setting: 'RURAL' },
    arras: { populationWithin10Km: 42_000, density: 'SPARSE', setting: 'RURAL' },
    paris: { populationWithin10Km: 2_100_000, density: 'DENSE', setting: 'URBAN' },
    dep: { populationWithin10Km: 42_000, density: 'SPARSE', setting: 'RURAL' },
    former: none,
    lost: none,
  });
});

test('a list of territories costs one statement more, whatever its length', async () => {
  const list = (fields: string) => () =>
    get(`{ territories(level: DEPARTEMENT) { nodes { id ${fields} } } }`);
  const plain = await countStatements(list(''));
  const measured = await countStatements(list('density setting'));
  const reached = await countStatements(
    list('access(network: "NET-caf") { medianKm bySetting { medianKm } }'),
  );
  expect(measured.statements).toHaveLength(plain.statements.length + 1);
  expect(reached.statements).toHaveLength(plain.statements.length + 1);
});

test('access follows the directory at its next publication, and costs one statement else', async () => {
  expect((await countStatements(() => refreshAccess(database.url))).statements).toHaveLength(1);
  await owner
    .updateTable('directory.site')
    // No position any more: it stands at the centre of its commune, where all of Arras is taken to live.
    .set({ latitude: null, longitude: null })
    .where('id', '=', siteId('2'))
    .execute();
  await owner
    .updateTable('administrations.import')
    .set({ publication: '2' })
    .where('id', '=', SEED_IMPORT)
    .execute();
  await refreshAccess(database.url);
  const { territory } = await get('{ territory(id: "DEP-62") { access(network: "NET-caf") { medianKm } } }');
  expect(territory?.access).toEqual({ medianKm: 0 });
});
