import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import { listenSubgraph } from '../kernel/graphql/server.ts';
import { SECRET } from '../kernel/graphql/toy/signed.ts';
import { REFERENT, type Toy, toySubgraph } from '../kernel/graphql/toy/subgraph.ts';
import { FIELDS, HEADERS } from '../kernel/signature/format.ts';
import { ANONYMOUS, type Viewer } from '../kernel/viewer.ts';
import { ask } from './fixtures/gateway.ts';
import { listen } from './fixtures/subgraphs.ts';
import { endToEnd, tap } from './fixtures/tap.ts';
import type { Identity } from './identity/identity.ts';
import type { GatewayOptions, RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

const host = '127.0.0.1';
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const release of cleanUp.splice(0).reverse()) await release();
});

/** Everybody is this viewer. */
const always = (viewer: Viewer): Identity => ({
  identify: async () => ({ viewer, id: 'key:test', dailyQuota: null }),
  count: async () => null,
  close: async () => undefined,
});

async function subgraph(secrets: readonly string[] = [SECRET]): Promise<{ toy: Toy; url: string }> {
  const toy = toySubgraph();
  const server = await listenSubgraph(toy.subgraph, { host, port: 0, secrets });
  cleanUp.push(() => server.close());
  return { toy, url: server.url };
}

/** A gateway in front of the subgraph `toy`, which is said to be at `url`. */
async function gateway(url: string, options: Partial<GatewayOptions> = {}): Promise<RunningGateway> {
  const { sdl } = toySubgraph().subgraph;
  const { supergraphSdl = '' } = composeServices([{ name: 'toy', typeDefs: parse(sdl), url }]);
  const running = await startGateway({
    supergraph: supergraphSdl,
    host,
    port: 0,
    secret: SECRET,
    ...options,
  });
  cleanUp.push(() => running.close());
  return running;
}

const askAs = async (running: RunningGateway, requestId: string) => {
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': requestId },
    body: '{"query":"{ asks }"}',
  });
  const { data }: { data: { asks: string } } = await response.json();
  return JSON.parse(data.asks);
};

test('a viewer and a request id arrive whole', async () => {
  const { url } = await subgraph();
  const known = await gateway(`${url}/graphql`, { identity: always(REFERENT) });
  expect(await askAs(known, 'portal-0123456789')).toEqual({
    viewer: REFERENT,
    requestId: 'portal-0123456789',
  });
  const anybody = await gateway(`${url}/graphql`);
  expect(await askAs(anybody, 'portal-9876543210')).toEqual({
    viewer: ANONYMOUS,
    requestId: 'portal-9876543210',
  });
});

test('nothing of a client makes a signature: headers of that name go no further', async () => {
  const { url } = await subgraph();
  const between = await tap(url);
  cleanUp.push(() => between.close());
  const running = await gateway(between.url, { identity: always(REFERENT) });
  const stolen = Object.fromEntries(FIELDS.map((field) => [HEADERS[field], 'x']));
  const response = await fetch(`${running.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...stolen, authorization: 'Bearer x' },
    body: '{"query":"{ asks }"}',
  });
  expect(response.status).toBe(200);
  expect(between.seen.map(({ headers }) => headers[HEADERS.audience])).toEqual(['toy']);
  expect(between.seen[0]?.headers).not.toHaveProperty('authorization');
});

test('what went over the wire is good once', async () => {
  const { toy, url } = await subgraph();
  const between = await tap(url);
  cleanUp.push(() => between.close());
  const running = await gateway(between.url);
  expect((await ask(running, 'mutation { write }')).data).toEqual({ write: 1 });
  const [copy] = between.seen;
  if (!copy) throw new Error('nothing went over the wire');
  const again = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: endToEnd(copy.headers),
    body: copy.body,
  });
  expect(again.status).toBe(401);
  expect(toy.ran).toEqual(['write']);
});

test('the time that is left is the deadline of the signature', async () => {
  const { url } = await subgraph();
  const between = await tap(url);
  cleanUp.push(() => between.close());
  await ask(await gateway(between.url, { timeoutMs: 700 }), '{ asks }');
  const { headers } = between.seen[0] ?? {};
  const left = Number(headers?.[HEADERS.deadline]) - Number(headers?.[HEADERS.time]);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThanOrEqual(700);
  expect(headers).not.toHaveProperty('x-timeout-ms');
});

test('a query that is sent once more is signed once more', async () => {
  const { url } = await subgraph();
  const between = await tap(url, (nth, { socket }) => {
    if (nth === 1) socket.resetAndDestroy();
    return nth === 1;
  });
  cleanUp.push(() => between.close());
  const answer = await ask(await gateway(between.url), '{ asks }');
  expect(answer).toMatchObject({ status: 200, data: { asks: expect.any(String) } });
  const nonces = between.seen.map(({ headers }) => headers[HEADERS.nonce]);
  expect(new Set(nonces).size).toBe(2);
});

test('to the client, a subgraph that refuses the signature is a source that is not available', async () => {
  const { toy, url } = await subgraph(['a secret that this gateway does not know']);
  const answer = await ask(await gateway(`${url}/graphql`), 'mutation { write }');
  expect(answer.errors).toEqual([
    {
      message: 'The source "toy" is unavailable.',
      path: ['write'],
      extensions: { code: 'SOURCE_UNAVAILABLE', source: 'toy' },
    },
  ]);
  expect(toy.ran).toEqual([]);
});

test('secrets are changed without a stop', async () => {
  const NEXT = 'the next secret of the tests, long enough';
  const { url } = await subgraph([SECRET, NEXT]);
  for (const secret of [SECRET, NEXT]) {
    const { errors } = await ask(await gateway(`${url}/graphql`, { secret }), '{ asks }');
    expect(errors).toBeUndefined();
  }
});

test('a signature does not follow a redirection', async () => {
  let followed = 0;
  const elsewhere = await listen((_request, response) => {
    followed += 1;
    response.setHeader('content-type', 'application/json').end('{"data":{"asks":"elsewhere"}}');
  });
  const moved = await listen((_request, response) =>
    response.writeHead(307, { location: elsewhere.url }).end(),
  );
  cleanUp.push(
    () => elsewhere.close(),
    () => moved.close(),
  );
  const answer = await ask(await gateway(moved.url), '{ asks }');
  expect(answer.errors).toMatchObject([{ extensions: { code: 'SOURCE_UNAVAILABLE', source: 'toy' } }]);
  expect(followed).toBe(0);
});

test.each([
  ['with a secret, a subgraph that knows nothing of signatures answers as ever', SECRET, true],
  ['without one, nothing is signed', undefined, false],
])('%s', async (_case, secret, signed) => {
  let names: string[] = [];
  const foreign = await listen((request, response) => {
    names = Object.keys(request.headers);
    response.setHeader('content-type', 'application/json').end('{"data":{"asks":"foreign"}}');
  });
  cleanUp.push(() => foreign.close());
  const { supergraphSdl = '' } = composeServices([
    { name: 'toy', typeDefs: parse(toySubgraph().subgraph.sdl), url: foreign.url },
  ]);
  const running = await startGateway({
    supergraph: supergraphSdl,
    host,
    port: 0,
    ...(secret !== undefined && { secret }),
  });
  cleanUp.push(() => running.close());
  expect(await ask(running, '{ asks }')).toEqual({ status: 200, data: { asks: 'foreign' } });
  expect(names.some((name) => name.startsWith('hub-'))).toBe(signed);
  expect(names).toContain('x-request-id');
});
