import { afterAll, beforeAll, expect, test } from 'vitest';
import { ANONYMOUS } from '../viewer.ts';
import { createBuilder } from './builder.ts';
import { type ListeningSubgraph, listenSubgraph } from './server.ts';
import { type Subgraph, toSubgraphSchema } from './subgraph.ts';

let up = true;
let closed = false;
let server: ListeningSubgraph;

beforeAll(async () => {
  const { builder } = createBuilder<{ role: string }>();
  builder.queryField('role', (t) =>
    t.string({ description: 'Who asks.', resolve: (_root, _args, { role }) => role }),
  );
  builder.queryField('broken', (t) =>
    t.string({
      description: 'Fails.',
      nullable: true,
      resolve: () => {
        throw new Error('connect postgres://hub:hunter2@10.0.0.1/db');
      },
    }),
  );
  const subgraph: Subgraph = {
    name: 'toy',
    ...toSubgraphSchema(builder),
    context: () => ({ role: ANONYMOUS.role }),
    ready: async () => {
      if (!up) throw new Error('no database');
    },
    close: async () => {
      closed = true;
    },
  };
  server = await listenSubgraph(subgraph, { host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

const post = async (body: string, type = 'application/json') => {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  });
  return { status: response.status, body: await response.text() };
};

test('answers over HTTP, _service included', async () => {
  const { status, body } = await post(JSON.stringify({ query: '{ role _service { sdl } }' }));
  expect(status).toBe(200);
  expect(JSON.parse(body).data).toMatchObject({
    role: 'PUBLIC',
    _service: { sdl: expect.stringContaining('broken') },
  });
});

test('an unexpected error keeps its words to itself', async () => {
  const { body } = await post(JSON.stringify({ query: '{ role broken }' }));
  expect(JSON.parse(body)).toEqual({
    data: { role: 'PUBLIC', broken: null },
    errors: [
      expect.objectContaining({
        message: 'Internal error.',
        path: ['broken'],
        extensions: { code: 'INTERNAL' },
      }),
    ],
  });
  expect(body).not.toMatch(/hunter2|10\.0\.0\.1|stack/);
});

test.each([
  ['unparsable JSON', '{"query":', 'application/json', 400],
  ['another content type', 'query={role}', 'application/x-www-form-urlencoded', 415],
  [
    'a body over the limit',
    JSON.stringify({ query: `{ role } #${'x'.repeat(1024 * 1024)}` }),
    'application/json',
    413,
  ],
  ['no such field', JSON.stringify({ query: '{ nothing }' }), 'application/json', 400],
])('%s gets JSON, and the process stays', async (_case, body, type, status) => {
  const answer = await post(body, type);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body).errors[0].message).toEqual(expect.any(String));
  expect(answer.body).not.toMatch(/node_modules|\bat \w+ \(/);
  expect((await fetch(`${server.url}/healthcheck`)).status).toBe(200);
});

test('readiness follows the subgraph', async () => {
  expect((await fetch(`${server.url}/readiness`)).status).toBe(200);
  up = false;
  expect((await fetch(`${server.url}/readiness`)).status).toBe(503);
  up = true;
});

test('closing releases the port and the subgraph', async () => {
  await server.close();
  expect(closed).toBe(true);
  await expect(fetch(`${server.url}/healthcheck`)).rejects.toThrow();
});
