import { afterAll, expect, test } from 'vitest';
import { listenSubgraph } from './server.ts';
import { SECRET, post as send, signedHeaders } from './toy/signed.ts';
import { toySubgraph } from './toy/subgraph.ts';

const toy = toySubgraph();
const server = await listenSubgraph(toy.subgraph, { host: '127.0.0.1', port: 0, secrets: [SECRET] });
afterAll(() => server.close());

const post = async (body: string, type = 'application/json') => {
  const { status, text } = await send(server.url, body, { ...signedHeaders(body), 'content-type': type });
  return { status, body: text };
};

test('answers over HTTP, _service included', async () => {
  const { status, body } = await post(JSON.stringify({ query: '{ asks _service { sdl } }' }));
  expect(status).toBe(200);
  expect(JSON.parse(body).data).toMatchObject({
    asks: expect.stringContaining('PUBLIC'),
    _service: { sdl: expect.stringContaining('broken') },
  });
});

test('an unexpected error keeps its words to itself', async () => {
  const { body } = await post(JSON.stringify({ query: '{ asks broken }' }));
  expect(JSON.parse(body)).toEqual({
    data: { asks: expect.any(String), broken: null },
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

test('a context that cannot be made keeps its words to itself too', async () => {
  const { subgraph } = toySubgraph();
  const context = () => {
    throw new Error('connect postgres://hub:hunter2@10.0.0.1/db');
  };
  const failing = await listenSubgraph(
    { ...subgraph, context },
    { host: '127.0.0.1', port: 0, secrets: [SECRET] },
  );
  const body = JSON.stringify({ query: '{ asks }' });
  const { status, text } = await send(failing.url, body, signedHeaders(body));
  await failing.close();
  expect({ status, body: JSON.parse(text) }).toEqual({
    status: 500,
    body: { errors: [{ message: 'Internal error.', extensions: { code: 'INTERNAL' } }] },
  });
});

test.each([
  ['unparsable JSON', '{"query":', 'application/json', 400],
  ['another content type', 'query={asks}', 'application/x-www-form-urlencoded', 415],
  [
    'a body over the limit',
    JSON.stringify({ query: `{ asks } #${'x'.repeat(1024 * 1024)}` }),
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
  toy.up = false;
  expect((await fetch(`${server.url}/readiness`)).status).toBe(503);
  toy.up = true;
});

test('closing releases the port and the subgraph', async () => {
  await server.close();
  expect(toy.closed).toBe(true);
  await expect(fetch(`${server.url}/healthcheck`)).rejects.toThrow();
});
