import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { inProcess } from '../../cli/in-process.ts';
import { HubError } from '../../kernel/errors.ts';
import { listenSubgraph } from '../../kernel/graphql/server.ts';
import { SECRET } from '../../kernel/graphql/toy/signed.ts';
import { REFERENT, toySubgraph } from '../../kernel/graphql/toy/subgraph.ts';
import { jsonBody } from '../../kernel/raw/json.ts';
import { jsonAnswer, type RawRequest, type RawRoute } from '../../kernel/raw/route.ts';
import type { Identity } from '../identity/identity.ts';
import type { GatewayOptions } from '../options.ts';
import { startGateway } from '../server.ts';

const host = '127.0.0.1';
const LIMIT = 1000;

/** What came to the handlers. */
const came: { bytes: number; broke: string | null; aborted: boolean }[] = [];

async function take({ body, signal }: RawRequest): Promise<number> {
  const seen = { bytes: 0, broke: null as string | null, aborted: false };
  came.push(seen);
  signal.addEventListener('abort', () => {
    seen.aborted = true;
  });
  try {
    for await (const chunk of body) seen.bytes += (chunk as Buffer).length;
  } catch (error) {
    seen.broke = error instanceof Error ? error.name : 'something';
    throw error;
  }
  return seen.bytes;
}

const routes: RawRoute[] = [
  {
    method: 'PUT',
    path: '/files',
    bodyLimit: LIMIT,
    handle: async (request) => {
      const { viewer, requestId, headers } = request;
      if (headers.contentType === 'text/refuse')
        throw new HubError('CONFLICT', 'Refused unread.', { version: 3 });
      const bytes = await take(request);
      return jsonAnswer(201, { viewer, requestId, headers, bytes });
    },
  },
  {
    method: 'GET',
    path: '/files/:id',
    bodyLimit: 0,
    handle: async ({ params }) => {
      if (params.id === 'FILE-broken') throw new Error('connect postgres://hub:hunter2@10.0.0.1/db');
      return {
        status: 200,
        headers: { 'content-type': 'text/plain', 'x-inner': 'stays in' },
        body: Readable.from([Buffer.from(`${params.id} `.repeat(1000)), Buffer.from('end')], {
          objectMode: false,
        }),
      };
    },
  },
];

/** Answers at another address, for JSON. */
const contacts: RawRoute[] = [
  {
    method: 'PUT',
    path: '/contacts/:id',
    bodyLimit: LIMIT,
    handle: async (request) => jsonAnswer(200, { got: await jsonBody(request), of: request.params.id }),
  },
];

const always: Identity = {
  identify: async (authorization) =>
    authorization ? { viewer: REFERENT, id: 'key:test', dailyQuota: null } : null,
  count: async () => null,
  close: async () => undefined,
};

const subgraphs = [
  { ...toySubgraph('simplification').subgraph, routes },
  { ...toySubgraph('testimonies').subgraph, routes: contacts },
];
const apart = await Promise.all(
  subgraphs.map((subgraph) => listenSubgraph(subgraph, { host, port: 0, secrets: [SECRET] })),
);
const supergraph = composeServices(
  subgraphs
    .slice(0, 1)
    .map(({ name, sdl }) => ({ name, typeDefs: parse(sdl), url: `${apart[0]?.url}/graphql` })),
);
const both = composeServices([
  { name: 'simplification', typeDefs: parse(subgraphs[0]?.sdl ?? ''), url: `${apart[0]?.url}/graphql` },
  {
    name: 'testimonies',
    typeDefs: parse(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0") type Query { other: Int }',
    ),
    url: `${apart[1]?.url}/graphql`,
  },
]);

async function gateway(options: Partial<GatewayOptions> = {}, sdl = both.supergraphSdl ?? '') {
  const running = await startGateway({
    supergraph: sdl,
    host,
    port: 0,
    identity: always,
    secret: SECRET,
    fileLimit: LIMIT,
    ...options,
  });
  afterAll(() => running.close());
  return running.url;
}
const urls = {
  together: await gateway({ inProcess: inProcess(subgraphs) }),
  apart: await gateway(),
};
afterAll(() => Promise.all(apart.map((server) => server.close())));
beforeEach(() => {
  came.length = 0;
});

const put = async (url: string, body: BodyInit, headers: Record<string, string> = {}, path = '/files') => {
  const response = await fetch(url + path, {
    method: 'PUT',
    headers: { authorization: 'Bearer x', 'x-request-id': 'upload-0001', ...headers },
    body,
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, headers: response.headers, body: await response.json() };
};

/** A body of unknown length, in pieces. */
const pieces = (...sizes: number[]) =>
  Readable.toWeb(Readable.from(sizes.map((size) => Buffer.alloc(size)))) as BodyInit;

describe.each(Object.entries(urls))('%s', (_mode, url) => {
  test('a handler gets who asks, the request id and the body', async () => {
    const { status, body, headers } = await put(url, Buffer.alloc(LIMIT), {
      'content-type': 'Image/PNG; q=1',
    });
    expect(status).toBe(201);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toEqual({
      viewer: REFERENT,
      requestId: 'upload-0001',
      headers: { contentType: 'image/png', contentLength: LIMIT, ifNoneMatch: null },
      bytes: LIMIT,
    });
  });

  test('anybody is anybody', async () => {
    const { body } = await put(url, 'x', { authorization: '' });
    expect(body).toMatchObject({ viewer: { role: 'PUBLIC', subject: null } });
  });

  test('a body of unknown length up to the limit is taken', async () => {
    expect(await put(url, pieces(600, 399, 1))).toMatchObject({
      status: 201,
      body: { bytes: LIMIT, headers: { contentLength: null } },
    });
  });

  test('one byte more breaks it', async () => {
    const { status, body, headers } = await put(url, pieces(600, 400, 1));
    expect(status).toBe(413);
    expect(body.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', requestId: 'upload-0001' });
    expect(headers.get('x-request-id')).toBe('upload-0001');
    // What a handler saw of it, if anything, never looked like the end.
    await expect.poll(() => came.filter(({ broke }) => broke === null)).toEqual([]);
  });

  test('a length over the limit is refused before a byte of it', async () => {
    const socket = connect(Number(new URL(url).port), host);
    socket.write(
      `PUT /files HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer x\r\ncontent-length: ${LIMIT + 1}\r\n\r\n`,
    );
    const chunks: Buffer[] = [];
    for await (const chunk of socket) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 413 [\s\S]*connection: close/i);
    expect(came).toEqual([]);
  });

  test.each(['multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    '%s is refused',
    async (type) => {
      expect(await put(url, 'a=b', { 'content-type': type })).toMatchObject({
        status: 415,
        body: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      });
      expect(came).toEqual([]);
    },
  );

  test('a refusal of the handler keeps its code, its words and its details', async () => {
    const { status, body } = await put(url, 'x', { 'content-type': 'text/refuse' });
    expect({ status, body }).toEqual({
      status: 409,
      body: {
        errors: [
          {
            message: 'Refused unread.',
            extensions: { version: 3, code: 'CONFLICT', requestId: 'upload-0001' },
          },
        ],
      },
    });
  });

  test('who leaves in the middle leaves a stream that breaks', async () => {
    const socket = connect(Number(new URL(url).port), host);
    socket.on('error', () => undefined);
    socket.write('PUT /files HTTP/1.1\r\nhost: hub\r\ncontent-length: 900\r\n\r\nabc');
    await expect.poll(() => came[0]?.bytes).toBe(3);
    socket.destroy();
    await expect.poll(() => came[0]?.broke).toEqual(expect.any(String));
    expect(came[0]?.bytes).toBe(3);
    await expect.poll(() => came[0]?.aborted).toBe(true);
  });

  test('what a handler gives is streamed to the client, and only the headers that may leave', async () => {
    const response = await fetch(`${url}/files/FILE-1`);
    expect(await response.text()).toBe(`${'FILE-1 '.repeat(1000)}end`);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(response.headers.get('hub-answer')).toBeNull();
  });

  test.each([
    '/files/..%2f..%2fetc%2fpasswd',
    '/files/FILE-%00',
    '/files/',
    '/files/a/b',
    `/files/FILE-${'a'.repeat(90)}-${'é'}`,
  ])('%s is nothing', async (path) => {
    const response = await fetch(url + path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  test('what goes wrong inside stays inside', async () => {
    const response = await fetch(`${url}/files/FILE-broken`);
    const text = await response.text();
    expect([500, 503]).toContain(response.status);
    expect(text).not.toMatch(/hunter2|postgres|10\.0/);
    expect(text).toMatch(/"code":"(INTERNAL|SOURCE_UNAVAILABLE)"/);
  });

  test('small JSON bodies are read whole', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await put(url, '{"a":1}', json, '/contacts/TEM-1')).toMatchObject({
      status: 200,
      body: { got: { a: 1 }, of: 'TEM-1' },
    });
    expect(await put(url, '[1]', json, '/contacts/TEM-1')).toMatchObject({ status: 400 });
    expect(await put(url, '{"a":', json, '/contacts/TEM-1')).toMatchObject({ status: 400 });
    expect(await put(url, '{"a":1}', { 'content-type': 'text/plain' }, '/contacts/TEM-1')).toMatchObject({
      status: 415,
    });
  });
});

test('a subgraph that is away is a source that is not available, with a time to try again', async () => {
  const free = createServer().listen(0, host);
  await sleep(10);
  const { port } = free.address() as AddressInfo;
  await new Promise((done) => free.close(done));
  const url = await gateway({ subgraphUrls: { simplification: `http://${host}:${port}/graphql` } });
  const { status, body, headers } = await put(url, Buffer.alloc(500));
  expect({ status, body }).toMatchObject({
    status: 503,
    body: { errors: [{ extensions: { code: 'SOURCE_UNAVAILABLE' } }] },
  });
  expect(headers.get('retry-after')).toBe('1');
});

test('so is one that refuses the signature', async () => {
  const url = await gateway({ secret: 'a secret that no subgraph knows, long enough' });
  expect(await put(url, 'x')).toMatchObject({ status: 503 });
  expect(came).toEqual([]);
});

test('a supergraph without the subgraph has nothing at its addresses', async () => {
  const url = await gateway({}, supergraph.supergraphSdl ?? '');
  expect(await put(url, '{}', {}, '/contacts/TEM-1')).toMatchObject({ status: 404 });
  expect(await put(url, 'x')).toMatchObject({ status: 201 });
});
