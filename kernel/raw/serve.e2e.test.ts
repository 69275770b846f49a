import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { listenSubgraph } from '../graphql/server.ts';
import { SECRET } from '../graphql/toy/signed.ts';
import { REFERENT, toySubgraph } from '../graphql/toy/subgraph.ts';
import { sign } from '../signature/sign.ts';
import { jsonAnswer, type RawRoute } from './route.ts';

const routes: RawRoute[] = [
  {
    method: 'PUT',
    path: '/files',
    bodyLimit: 10,
    handle: async ({ viewer, body }) => jsonAnswer(201, { viewer, bytes: (await body.toArray()).length }),
  },
  {
    method: 'GET',
    path: '/files/:id',
    bodyLimit: 0,
    handle: async () => ({ status: 200, headers: {}, body: Readable.from(['x'], { objectMode: false }) }),
  },
];
const server = await listenSubgraph(
  { ...toySubgraph('simplification').subgraph, routes },
  { host: '127.0.0.1', port: 0, secrets: [SECRET] },
);
afterAll(() => server.close());

const signed = (target: string, changes = {}) =>
  sign({
    secret: SECRET,
    audience: 'simplification',
    viewer: REFERENT,
    requestId: 'request-0001',
    deadline: Date.now() + 10_000,
    body: { target },
    ...changes,
  });
const send = async (path: string, init: RequestInit) => (await fetch(`${server.url}${path}`, init)).status;

test('a signature is for one method and path, and good once', async () => {
  const headers = signed('PUT /files');
  expect(await send('/files', { method: 'PUT', headers, body: 'x' })).toBe(201);
  expect(await send('/files', { method: 'PUT', headers, body: 'x' })).toBe(401);
  expect(await send('/files/FILE-2', { headers: signed('GET /files/FILE-1') })).toBe(401);
  expect(await send('/files/FILE-1', { headers: signed('GET /files/FILE-1') })).toBe(200);
  expect(await send('/files', { method: 'PUT', headers: signed('GET /files'), body: 'x' })).toBe(401);
  expect(await send('/files', { method: 'PUT', body: 'x' })).toBe(401);
});

test('a signature of one use is none for the other', async () => {
  const query = '{"query":"{ asks }"}';
  const json = { 'content-type': 'application/json' };
  const post = (headers: Record<string, string>) =>
    send('/graphql', { method: 'POST', headers: { ...json, ...headers }, body: query });
  expect(await post(signed('POST /graphql'))).toBe(401);
  expect(await post(signed('PUT /files'))).toBe(401);
  expect(await post(signed('', { body: query }))).toBe(200);
  expect(await send('/files', { method: 'PUT', headers: signed('', { body: 'x' }), body: 'x' })).toBe(401);
});
