import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testDatabase } from './kit/database.ts';
import { seedDirectory } from './kit/directory.ts';
import { ask, HUB_MODES, startHub } from './kit/hub.ts';
import { insertRows } from './kit/insert.ts';
import { createKey } from './kit/keys.ts';

/** What a headquarters does with its key, and what portals see of it, over real HTTP. */
const database = await testDatabase();
await seedDirectory(database);
await insertRows(
  database.connect('administrations', 'owner'),
  'administrations.commitment',
  HUB_MODES.map((_mode, index) => ({
    ...{ id: `COMMITMENT-E${index + 1}`, code: `E${index + 1}`, version: '2024', position: index + 1 },
    ...{ title: 'Vous êtes informé', source: 'test' },
  })),
);
const caf = await createKey(database.url, { role: 'NETWORK_HQ', network: 'NET-caf' });
const other = await createKey(database.url, { role: 'NETWORK_HQ', network: 'NET-france-travail' });
const ditp = await createKey(database.url, { role: 'DITP' });

const WORD = `mutation ($input: WordCommitmentInput!) { wordCommitment(input: $input) {
  networkCommitment { wording version network { name } } userErrors { code path } } }`;
const TRAIL = `query ($network: ID!) { auditTrail(network: $network) { networkId commitments {
  totalCount nodes { actor role action object before after requestId } } } }`;

describe.each(HUB_MODES)('%s', (mode) => {
  const commitment = `COMMITMENT-E${HUB_MODES.indexOf(mode) + 1}`;
  const since = new Date().toISOString();
  const input = (changes: object = {}) => ({
    input: {
      ...{
        idempotencyKey: randomUUID(),
        network: 'NET-caf',
        commitment,
        wording: 'Sous quinze jours',
        version: 0,
      },
      ...changes,
    },
  });

  test('a wording is written once, audited, and told to portals', async () => {
    const { url } = await startHub(database.url, { mode });
    const request = input();
    const written = await ask(url, WORD, request, { key: caf });
    expect(written).toEqual({
      status: 200,
      data: {
        wordCommitment: {
          networkCommitment: { wording: 'Sous quinze jours', version: 1, network: { name: 'CAF' } },
          userErrors: [],
        },
      },
    });
    expect(await ask(url, WORD, request, { key: caf })).toEqual(written);

    const stale = await ask(url, WORD, input({ wording: 'Autre' }), { key: caf });
    expect(stale.data).toEqual({ wordCommitment: null });
    expect(stale.errors).toMatchObject([
      { path: ['wordCommitment'], extensions: { code: 'CONFLICT', version: 1 } },
    ]);

    const trail = await ask<{ auditTrail: { commitments: { nodes: object[] } } }>(
      url,
      TRAIL,
      { network: 'NET-caf' },
      { key: caf },
    );
    const mine = trail.data.auditTrail.commitments.nodes.filter(
      (entry) => 'object' in entry && entry.object === commitment,
    );
    expect(mine).toMatchObject([
      {
        actor: expect.stringMatching(/^key:/),
        role: 'NETWORK_HQ',
        action: 'COMMITMENT_WORDED',
        before: null,
        after: expect.stringContaining('Sous quinze jours'),
        requestId: expect.stringMatching(/./),
      },
    ]);
    const overseen = await ask(url, TRAIL, { network: 'NET-caf' }, { key: ditp });
    expect(overseen.data).toEqual(trail.data);

    const told = await ask<{ changes: { commitments: { nodes: { commitment: { id: string } }[] } } }>(
      url,
      `query ($since: DateTime!) { changes(since: $since) { commitments {
        nodes { network { id } commitment { id } kind wording { wording } } } } }`,
      { since },
    );
    expect(told.data.changes.commitments.nodes.find((change) => change.commitment.id === commitment)).toEqual(
      {
        ...{ network: { id: 'NET-caf' }, commitment: { id: commitment }, kind: 'CREATED' },
        wording: { wording: 'Sous quinze jours' },
      },
    );
  });

  test('another headquarters is answered as for a network that does not exist; nobody else knows the mutation', async () => {
    const { url } = await startHub(database.url, { mode });
    const forbidden = await ask(url, WORD, input(), { key: other });
    const unknown = await ask(url, WORD, input({ network: 'NET-nowhere' }), { key: other });
    expect(forbidden.errors).toMatchObject([
      { message: 'No such network.', extensions: { code: 'NOT_FOUND' } },
    ]);
    expect(unknown).toEqual(forbidden);
    const seen = await ask(url, TRAIL, { network: 'NET-caf' }, { key: other });
    expect(seen).toEqual({ status: 200, data: { auditTrail: null } });
    expect(await ask(url, TRAIL, { network: 'NET-nowhere' }, { key: other })).toEqual(seen);

    const anybody = await ask(url, WORD, input());
    const codes = new Set(anybody.errors?.map(({ extensions }) => extensions['code']));
    expect([...codes]).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(anybody).not.toHaveProperty('data');
    expect(JSON.stringify(anybody)).not.toMatch(/networkCommitment|WordCommitmentPayload/);
  });
});
