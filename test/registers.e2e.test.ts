import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { testDatabase } from './kit/database.ts';
import { seedDirectory } from './kit/directory.ts';
import { ask, HUB_MODES, startHub } from './kit/hub.ts';
import { insertRows } from './kit/insert.ts';
import { createKey } from './kit/keys.ts';

/** Advice on a procedure of the directory, from a headquarters' key to a user's screen, over real HTTP. */
const database = await testDatabase();
await seedDirectory(database);
await insertRows(database.connect('administrations', 'owner'), 'administrations.procedure', [
  { id: 'PROC-aide', name: 'Demande d’aide au logement', network_id: 'NET-caf' },
]);
const caf = await createKey(database.url, { role: 'NETWORK_HQ', network: 'NET-caf' });
const other = await createKey(database.url, { role: 'NETWORK_HQ', network: 'NET-france-travail' });

const SAVE = `mutation ($input: SaveFrequentErrorInput!) { saveFrequentError(input: $input) {
  frequentError { id version publication procedure { name } } userErrors { code path } } }`;
const PUBLISH = `mutation ($input: PublicationInput!) { publishFrequentError(input: $input) {
  frequentError { version publication } userErrors { code } } }`;
const READ = `query { procedure(id: "PROC-aide") { name frequentErrors { id error advice share network { name } } } }`;

interface Saved {
  saveFrequentError: { frequentError: { id: string; version: number } } | null;
}

describe.each(HUB_MODES)('%s', (mode) => {
  const subject = { network: 'NET-caf' };
  const error = `J’oublie une pièce (${mode})`;
  const content = { procedure: 'PROC-aide', error, advice: 'Comptez-les', occurrences: 1, cases: 4 };
  const input = (changes: object) => ({ input: { idempotencyKey: randomUUID(), ...changes } });

  test('advice is saved, published, read under its procedure and by its id, and in the trail', async () => {
    const hub = await startHub(database.url, { mode });
    const saved = await ask<Saved>(hub.url, SAVE, input({ subject, ...content }), { key: caf });
    expect(saved).toMatchObject({
      data: {
        saveFrequentError: {
          frequentError: { publication: 'DRAFT', procedure: { name: 'Demande d’aide au logement' } },
          userErrors: [],
        },
      },
    });
    const { id = '', version } = saved.data.saveFrequentError?.frequentError ?? {};
    const theirs = await ask(hub.url, PUBLISH, input({ id, version }), { key: other });
    expect(theirs.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(JSON.stringify(await ask(hub.url, READ))).not.toContain(id);
    const published = await ask(hub.url, PUBLISH, input({ id, version }), { key: caf });
    expect(published.data).toMatchObject({
      publishFrequentError: { frequentError: { publication: 'PUBLISHED' }, userErrors: [] },
    });

    const read = await ask<{ procedure: { frequentErrors: { id: string }[] } }>(hub.url, READ);
    expect(read.data.procedure.frequentErrors).toContainEqual({
      id,
      error,
      advice: 'Comptez-les',
      share: 0.25,
      network: { name: 'CAF' },
    });
    const node = await ask(
      hub.url,
      'query ($id: ID!) { node(id: $id) { __typename id ... on FrequentError { error procedure { network { id } } } }  nodes(ids: ["ECO-404", "PRACTICE-404"]) { id } }',
      { id },
    );
    expect(node.data).toEqual({
      node: { __typename: 'FrequentError', id, error, procedure: { network: { id: 'NET-caf' } } },
      nodes: [null, null],
    });
    const trail = await ask<{ auditTrail: { improvement: { nodes: { object: string }[] } } }>(
      hub.url,
      '{ auditTrail(network: "NET-caf") { improvement(first: 2) { nodes { action object } } } }',
      {},
      { key: caf },
    );
    expect(trail.data.auditTrail.improvement.nodes).toEqual([
      { action: 'FREQUENT_ERROR_PUBLISHED', object: id },
      { action: 'FREQUENT_ERROR_SAVED', object: id },
    ]);
  });
});

test('who reads without a key is shown no version and nothing that is worked on', async () => {
  const hub = await startHub(database.url);
  for (const query of [
    '{ errorAdvice { nodes { version } } }',
    '{ improvementWork(network: "NET-caf") { frequentErrors { totalCount } } }',
    '{ ecoMeasures { nodes { publication } } }',
  ]) {
    const { data, errors } = await ask(hub.url, query);
    expect([query, errors?.[0]?.extensions['code']]).toEqual([query, 'GRAPHQL_VALIDATION_FAILED']);
    expect(data).toBeUndefined();
  }
});
