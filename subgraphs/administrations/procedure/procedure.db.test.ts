import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { announcedDelays, countProcedures, listProcedures, proceduresById } from './procedure.query.ts';

const database = await testDatabase();
await country()
  .procedure('PROC-rsa', { name: 'Demande de RSA', network_id: 'NET-caf', flagship: true })
  .procedure('PROC-apl', { name: 'Aide au logement', network_id: 'NET-caf' })
  .procedure('PROC-inscription', { name: "S'inscrire", network_id: 'NET-france-travail', flagship: true })
  .delay('PROC-rsa', 'FR', { days: 30, announced_on: '2022-01-01' })
  .delay('PROC-rsa', 'FR', { days: 20, announced_on: '2024-01-01' })
  .delay('PROC-rsa', 'FR', { days: 40, channel: 'POST' })
  .delay('PROC-rsa', 'DEP-62', { days: 15, announced_on: '2023-01-01' })
  .delay('PROC-apl', 'REG-11', { days: 10 })
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const ALL = { after: null, limit: 100 };

test.each([
  ['all, by name', null, { flagship: null, search: null }, ['PROC-apl', 'PROC-rsa', 'PROC-inscription']],
  ['of a network', ['NET-caf'], { flagship: null, search: null }, ['PROC-apl', 'PROC-rsa']],
  ['flagship', null, { flagship: true, search: null }, ['PROC-rsa', 'PROC-inscription']],
  ['words', null, { flagship: null, search: 's inscrire' }, ['PROC-inscription']],
  ['% is data', null, { flagship: null, search: '%' }, []],
])('procedures: %s', async (_case, networks, criteria, expected) => {
  expect(ids(await listProcedures(db, networks, criteria, ALL))).toEqual(expected);
  const counts = await countProcedures(db, networks, criteria);
  expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
});

test('by id', async () => {
  expect(ids(await proceduresById(db, ['PROC-rsa', 'PROC-x']))).toEqual(['PROC-rsa']);
});

const delays = async (criteria: Parameters<typeof announcedDelays>[2], procedures = ['PROC-rsa']) =>
  (await announcedDelays(db, procedures, criteria)).map(({ territoryId, channel, days, inherited }) => [
    territoryId,
    channel,
    days,
    inherited,
  ]);

test('without a territory: the latest announcement of each territory and channel', async () => {
  expect(await delays({ territory: null, channel: null })).toEqual([
    ['DEP-62', 'ONLINE', 15, false],
    ['FR', 'ONLINE', 20, false],
    ['FR', 'POST', 40, false],
  ]);
});

test.each([
  [
    'its own',
    'DEP-62',
    [
      ['DEP-62', 'ONLINE', 15, false],
      ['FR', 'POST', 40, true],
    ],
  ],
  [
    'the closest above',
    'COM-62080',
    [
      ['DEP-62', 'ONLINE', 15, true],
      ['FR', 'POST', 40, true],
    ],
  ],
  [
    'through a merger',
    'COM-62900',
    [
      ['DEP-62', 'ONLINE', 15, true],
      ['FR', 'POST', 40, true],
    ],
  ],
  [
    'the nation elsewhere',
    'COM-75101',
    [
      ['FR', 'ONLINE', 20, true],
      ['FR', 'POST', 40, true],
    ],
  ],
  ['an unknown territory', 'COM-00000', []],
])('with a territory: %s', async (_case, territory, expected) => {
  expect(await delays({ territory, channel: null })).toEqual(expected);
});

test('one channel; several procedures at once', async () => {
  expect(await delays({ territory: 'COM-75101', channel: 'POST' })).toEqual([['FR', 'POST', 40, true]]);
  const both = await delays({ territory: 'COM-75101', channel: 'ONLINE' }, ['PROC-rsa', 'PROC-apl']);
  expect(both).toEqual([
    ['REG-11', 'ONLINE', 10, true],
    ['FR', 'ONLINE', 20, true],
  ]);
});
