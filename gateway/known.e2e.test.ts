import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from './fixtures/subgraphs.ts';
import type { ServingGateway } from './options.ts';
import { startGateway } from './server.ts';

let executed = 0;
/** Hooks of the runtime see what goes through it, and nothing else. */
const counting: GatewayPlugin = {
  onExecute: () => {
    executed += 1;
  },
};
let gateway: ServingGateway;
beforeAll(async () => {
  gateway = await startGateway({
    supergraph: fixtureSupergraph(),
    host: '127.0.0.1',
    port: 0,
    inProcess: inProcessFixtures(['voices']),
    plugins: [counting],
  });
});
afterAll(() => gateway.close());
beforeEach(() => {
  executed = 0;
});

interface Spelling {
  body: unknown;
  headers?: Record<string, string>;
}

async function send({ body, headers = {} }: Spelling) {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'the-same', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const told = Object.fromEntries(response.headers);
  delete told.date;
  return { status: response.status, headers: told, text: await response.text() };
}

const SITE = 'query Site($id: ID!) { site(id: $id) { name } }';
const id = 'SITE-1';

test.each<[string, Spelling]>([
  ['a query', { body: { query: SITE, variables: { id } } }],
  ['with its name', { body: { query: SITE, variables: { id }, operationName: 'Site' } }],
  ['with nulls', { body: { query: '{ sites { id name } }', variables: null, operationName: null } }],
  [
    'in the media type of GraphQL',
    {
      body: { query: SITE, variables: { id } },
      headers: {
        accept: 'application/graphql-response+json',
        'content-type': 'application/json; charset=utf-8',
      },
    },
  ],
  ['of the schema', { body: { query: '{ __type(name: "Site") { name } }' } }],
])('sent again, it is answered alike without the runtime: %s', async (_case, spelling) => {
  const first = await send(spelling);
  expect(executed).toBe(1);
  expect(first.status).toBe(200);
  expect(first.text).toMatch(/^\{"data":\{"/);
  expect(await send(spelling)).toEqual(first);
  expect(executed).toBe(1);
});

test('with other variables it is another answer', async () => {
  const names = [];
  for (const each of ['SITE-1', 'SITE-2', 'SITE-none']) {
    const { text } = await send({ body: { query: SITE, variables: { id: each } } });
    names.push(JSON.parse(text).data.site?.name ?? null);
  }
  expect(names).toEqual(['Arras', 'Bapaume', null]);
});

test.each<[string, Spelling]>([
  [
    'a source is unavailable',
    {
      body: {
        query: 'query Of($id: ID!) { site(id: $id) { name } testimonies { title } }',
        variables: { id },
      },
    },
  ],
  ['a variable is missing', { body: { query: SITE, variables: {} } }],
  ['a variable is not of its type', { body: { query: SITE, variables: { id: { of: 1 } } } }],
  ['a variable is no text', { body: { query: SITE, variables: { id: 'a\u0000' } } }],
  ['the operation is another', { body: { query: SITE, variables: { id }, operationName: 'Other' } }],
  ['it is named by nothing', { body: { query: SITE, variables: { id }, operationName: '' } }],
  ['variables are a list', { body: { query: SITE, variables: [] } }],
  ['the body is no JSON', { body: '{' }],
  ['it has extensions', { body: { query: SITE, variables: { id }, extensions: { persistedQuery: 1 } } }],
  ['nothing is accepted', { body: { query: SITE, variables: { id } }, headers: { accept: 'text/html' } }],
  [
    'the body is of another type',
    { body: { query: SITE, variables: { id } }, headers: { 'content-type': 'text/plain' } },
  ],
])(
  'what is refused or fails is said in the same words after the query is known: %s',
  async (_case, spelling) => {
    const fresh = await startGateway({
      supergraph: fixtureSupergraph(),
      host: '127.0.0.1',
      port: 0,
      inProcess: inProcessFixtures(['voices']),
    });
    const [known, unknown] = [gateway, fresh];
    await send({ body: { query: SITE, variables: { id } } });
    const now = await send(spelling);
    const again = await send(spelling);
    gateway = unknown;
    const first = await send(spelling);
    gateway = known;
    await fresh.close();
    expect(now).toEqual(first);
    expect(again).toEqual(first);
    expect(first.text).toContain('"errors"');
  },
);

test('a mutation goes the long way each time', async () => {
  const thank = { body: { query: 'mutation { thank(id: "TEM-1") { id } }' } };
  await send(thank);
  await send(thank);
  expect(executed).toBe(2);
});
