import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { country, siteId } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  commitmentsById,
  correspondences,
  countDisplays,
  displaysOfNetworks,
  displaysOfSites,
  listCommitments,
  wordingsOfCommitments,
  wordingsOfNetworks,
} from './commitment.query.ts';

const on = (network_id: string, commitment_id: string) => ({ network_id, commitment_id });
const database = await testDatabase();
await country()
  .commitment('COMMITMENT-E3', { version: '2024', position: 3 })
  .commitment('COMMITMENT-E5', { version: '2024', position: 5 })
  .commitment('COMMITMENT-2021-3', { version: '2021', position: 3, heading: 'PROCHES' })
  .commitment('COMMITMENT-2021-4', { version: '2021', position: 4 })
  .correspondence('COMMITMENT-2021-3', 'COMMITMENT-E3', true)
  .correspondence('COMMITMENT-2021-4', 'COMMITMENT-E3', true)
  .wording('NET-france-travail', 'COMMITMENT-E3', 'Un conseiller pour vous')
  .wording('NET-caf', 'COMMITMENT-2021-3', 'Avant')
  .wording('NET-caf', 'COMMITMENT-E3', 'Une équipe à votre écoute')
  .display('DISPLAY-1', { ...on('NET-caf', 'COMMITMENT-E3'), site_id: siteId('2'), since: '2024-05-01' })
  .display('DISPLAY-2', { ...on('NET-caf', 'COMMITMENT-E3'), url: 'https://caf.fr' })
  .display('DISPLAY-3', { ...on('NET-caf', 'COMMITMENT-2021-3'), site_id: siteId('2') })
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const db = database.connect<AdministrationsDatabase>('administrations', 'public');
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

test('both versions, newest first, or one', async () => {
  expect(ids(await listCommitments(db, null))).toEqual([
    'COMMITMENT-E3',
    'COMMITMENT-E5',
    'COMMITMENT-2021-3',
    'COMMITMENT-2021-4',
  ]);
  expect(ids(await listCommitments(db, '2021'))).toEqual(['COMMITMENT-2021-3', 'COMMITMENT-2021-4']);
  expect(ids(await commitmentsById(db, ['COMMITMENT-E5', 'COMMITMENT-E9']))).toEqual(['COMMITMENT-E5']);
});

test('correspondences are read both ways; a new commitment has none', async () => {
  const pairs = await correspondences(db, ['COMMITMENT-E3', 'COMMITMENT-2021-4', 'COMMITMENT-E5']);
  expect(pairs.map(({ ofId, commitmentId, merged }) => [ofId, commitmentId, merged])).toEqual([
    ['COMMITMENT-2021-4', 'COMMITMENT-E3', true],
    ['COMMITMENT-E3', 'COMMITMENT-2021-3', true],
    ['COMMITMENT-E3', 'COMMITMENT-2021-4', true],
  ]);
});

test('wordings of a network, and of a commitment', async () => {
  expect((await wordingsOfNetworks(db, ['NET-caf'])).map(({ wording }) => wording)).toEqual([
    'Une équipe à votre écoute',
    'Avant',
  ]);
  expect((await wordingsOfCommitments(db, ['COMMITMENT-E3'])).map(({ networkId }) => networkId)).toEqual([
    'NET-caf',
    'NET-france-travail',
  ]);
});

test('displays of a site and of a network, in slices, with their number', async () => {
  expect(ids(await displaysOfSites(db, [siteId('2'), siteId('1')]))).toEqual(['DISPLAY-1', 'DISPLAY-3']);
  const key = { networkId: 'NET-caf', commitmentId: 'COMMITMENT-E3' };
  const other = { networkId: 'NET-caf', commitmentId: 'COMMITMENT-2021-3' };
  const first = await displaysOfNetworks(db, [key, other], { after: null, limit: 1 });
  expect(ids(first).sort()).toEqual(['DISPLAY-1', 'DISPLAY-3']);
  const next = await displaysOfNetworks(db, [key], { after: ['DISPLAY-1'], limit: 5 });
  expect(ids(next)).toEqual(['DISPLAY-2']);
  expect((await countDisplays(db, [key, other])).map(({ count }) => count).sort()).toEqual([1, 2]);
});
