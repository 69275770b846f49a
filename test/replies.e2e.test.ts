import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { seedTestimonies } from '../subgraphs/testimonies/fixtures/seed.ts';
import { testDatabase } from './kit/database.ts';
import { seedDirectory } from './kit/directory.ts';
import { ask, startHub } from './kit/hub.ts';
import { insertRows } from './kit/insert.ts';
import { createKey } from './kit/keys.ts';

/** A reply from a network's backlog to what a user reads, and what came of it, over real HTTP across subgraphs. */
const database = await testDatabase();
await seedDirectory(database);
await seedTestimonies(database.connect('testimonies', 'owner'), [
  {
    id: 'TEM-1',
    title: 'Une heure debout',
    writtenOn: '2026-01-05',
    concerns: [{ structure: 'STR-caf-62' }],
  },
]);
await insertRows(database.connect('improvement', 'owner'), 'improvement.impact', [
  {
    ...{ id: 'IMPACT-1', network_id: 'NET-caf', title: 'Des chaises', published: true },
    published_on: '2026-02-01',
  },
]);
const referent = await createKey(database.url, {
  role: 'LOCAL_REFERENT',
  network: 'NET-caf',
  structure: 'STR-caf-62',
});
const agent = await createKey(database.url, { role: 'SUPER_AGENT', network: 'NET-caf' });

const TASK = '{ task { version state } userErrors { code } }';
const BACKLOG = `query ($structure: ID!) { structure(id: $structure) { backlogSummary { toProcess }
  backlog { totalCount nodes { id version steps testimony { title } structure { name } network { name } } } } }`;

test('a referent finds what is owed, drafts and submits; a super agent publishes; users read it', async () => {
  const { url } = await startHub(database.url, { mode: 'in process' });
  const send = async (key: string, name: string, type: string, input: object) => {
    const { data } = await ask<Record<string, object>>(
      url,
      `mutation ($input: ${type}!) { ${name}(input: $input) ${TASK} }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
      { key },
    );
    return data[name];
  };
  const owed = {
    id: 'TEM-1:1',
    testimony: { title: 'Une heure debout' },
    structure: { name: 'CAF du Pas-de-Calais' },
  };
  const read = await ask(url, BACKLOG, { structure: 'STR-caf-62' }, { key: referent });
  expect(read.data).toMatchObject({
    structure: {
      backlogSummary: { toProcess: 1 },
      backlog: {
        totalCount: 1,
        nodes: [{ ...owed, steps: ['DRAFT', 'TRANSFER'], network: { name: 'CAF' } }],
      },
    },
  });
  // Not in the contract of the public at all.
  const refused = await ask(url, BACKLOG, { structure: 'STR-caf-62' });
  expect(refused.data ?? null).toBeNull();
  expect(refused.errors?.map(({ extensions }) => extensions?.['code'])).toContain(
    'GRAPHQL_VALIDATION_FAILED',
  );

  const id = 'TEM-1:1';
  await send(referent, 'draftReply', 'DraftReplyInput', { id, version: 1, body: 'Des chaises sont là.' });
  await send(referent, 'submitReply', 'ReplyTaskInput', { id, version: 2 });
  const published = await send(agent, 'publishReply', 'ReplyTaskInput', { id, version: 3 });
  expect(published).toEqual({ task: { version: 4, state: 'PUBLISHED' }, userErrors: [] });
  const target = { id, version: 4, target: 'IMPACT-1' };
  expect(await send(referent, 'linkTestimony', 'LinkTestimonyInput', target)).toMatchObject({
    userErrors: [],
  });

  const seen = await ask(
    url,
    `{ testimony(id: "TEM-1") { answered concerns { id reply { body } } impacts { title } }
       impact(id: "IMPACT-1") { testimonies { totalCount nodes { title } } } }`,
  );
  expect(seen.data).toEqual({
    testimony: {
      answered: true,
      concerns: [{ id, reply: { body: 'Des chaises sont là.' } }],
      impacts: [{ title: 'Des chaises' }],
    },
    impact: { testimonies: { totalCount: 1, nodes: [{ title: 'Une heure debout' }] } },
  });
});
