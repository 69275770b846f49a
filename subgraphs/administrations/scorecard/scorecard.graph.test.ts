import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const story = country()
  .structure('STR-1', { network_id: 'NET-caf', name: 'CNAF', level: 'NATIONAL' })
  .structure('STR-2', { network_id: 'NET-caf', name: 'CAF 62', level: 'DEPARTEMENT', parent_id: 'STR-1' })
  .link('STR-2', siteId('2'))
  .commitment('COMMITMENT-2021-2', { version: '2021', position: 2 })
  .wording('NET-caf', 'COMMITMENT-E3', 'Une équipe à votre écoute')
  .display('DISPLAY-1', {
    network_id: 'NET-caf',
    commitment_id: 'COMMITMENT-E3',
    site_id: siteId('2'),
    since: '2024-05-01',
  })
  .display('DISPLAY-2', { network_id: 'NET-caf', commitment_id: 'COMMITMENT-E3', url: 'https://caf.fr' })
  .display('DISPLAY-3', { network_id: 'NET-caf', commitment_id: 'COMMITMENT-E3', site_id: siteId('3') });
for (let position = 1; position <= 8; position += 1)
  story.commitment(`COMMITMENT-E${position}`, { version: '2024', position });
await story.save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());

const LINE = `id commitment { code } network { id } territory { id } structure { id } site { id }
  promise { wording } displays { sites displaying share since onTheWeb }
  contactDuty { sites complete completeShare items { item sites } }`;

interface Line {
  id: string;
  commitment: { code: string };
  displays: { sites: number; displaying: number };
  contactDuty: { sites: number } | null;
  promise: object | null;
}

const scorecard = async (scope: string, version = '') =>
  ask<{ commitmentScorecard: Line[] }>(
    subgraph,
    `{ commitmentScorecard(scope: { ${scope} }${version}) { ${LINE} } }`,
  );

test('of a network in a territory: the promise and where it is displayed', async () => {
  const { data, errors } = await scorecard('network: "NET-caf", territory: "DEP-75"');
  expect(errors).toEqual([]);
  expect(data.commitmentScorecard.map(({ id }) => id)).toEqual(
    [1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `PROOF-COMMITMENT-E${rank}~NET-caf~DEP-75`),
  );
  expect(data.commitmentScorecard[2]).toEqual({
    id: 'PROOF-COMMITMENT-E3~NET-caf~DEP-75',
    commitment: { code: 'E3' },
    network: { id: 'NET-caf' },
    territory: { id: 'DEP-75' },
    structure: null,
    site: null,
    promise: { wording: 'Une équipe à votre écoute' },
    displays: { sites: 2, displaying: 1, share: 0.5, since: null, onTheWeb: true },
    contactDuty: null,
  });
  expect(data.commitmentScorecard[0]).toMatchObject({
    promise: null,
    displays: { sites: 2, displaying: 0, share: 0, onTheWeb: false },
  });
  expect(data.commitmentScorecard.map(({ contactDuty }) => contactDuty?.sites ?? null)).toEqual([
    null,
    2,
    ...Array(6).fill(null),
  ]);
});

test.each([
  ['site', `site: "${siteId('2')}"`, 1],
  ['structure, with those below it', 'structure: "STR-1"', 1],
  ['whole network', 'network: "NET-caf"', 3],
  ['territory, every network', 'territory: "DEP-62"', 3],
])('of a %s', async (_what, scope, sites) => {
  const { data, errors } = await scorecard(scope);
  expect(errors).toEqual([]);
  expect(data.commitmentScorecard[2]?.displays.sites).toBe(sites);
});

test('a place tells its network', async () => {
  const { data } = await scorecard('structure: "STR-2"');
  expect(data.commitmentScorecard[2]).toMatchObject({
    network: { id: 'NET-caf' },
    structure: { id: 'STR-2' },
    promise: { wording: 'Une équipe à votre écoute' },
    displays: { displaying: 1, since: '2024-05-01' },
  });
});

test('the list of 2021 has its own lines', async () => {
  const { data } = await scorecard('network: "NET-caf"', ', version: "2021"');
  expect(data.commitmentScorecard.map(({ contactDuty }) => contactDuty?.sites)).toEqual([3]);
});

test.each([
  ['two places', 'territory: "FR", structure: "STR-1"', 'BAD_USER_INPUT'],
  ['a place of another network', 'structure: "STR-1", network: "NET-ants"', 'BAD_USER_INPUT'],
  ['no such network', 'network: "NET-none"', 'NOT_FOUND'],
  ['no such place', 'site: "SITE-none"', 'NOT_FOUND'],
  ['an id of another kind', 'site: "STR-1"', 'NOT_FOUND'],
])('%s is refused', async (_what, scope, code) => {
  const { errors } = await scorecard(scope);
  expect(errors.map((error) => error.code)).toEqual([code]);
});

test('every line of a scorecard costs the same statements as one', async () => {
  const all = await countStatements(() => scorecard('network: "NET-caf"'));
  // Network, territory, commitments; wordings, displays and the contact duty of all lines; their entities again.
  expect(all.statements.length).toBeLessThanOrEqual(7);
});

test('a line is found again by its id, and only by one that is well formed', async () => {
  const { data } = await ask<{ _entities: unknown[] }>(
    subgraph,
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on CommitmentProof { id promise { wording } } } }',
    {
      r: ['PROOF-COMMITMENT-E3~NET-caf~FR', 'PROOF-nothing'].map((id) => ({
        __typename: 'CommitmentProof',
        id,
      })),
    },
  );
  expect(data._entities).toEqual([
    { id: 'PROOF-COMMITMENT-E3~NET-caf~FR', promise: { wording: 'Une équipe à votre écoute' } },
    null,
  ]);
});
