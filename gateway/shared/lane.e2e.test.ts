import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { sha256 } from '../documents/store.ts';
import { documentGateway } from '../fixtures/document-host.ts';
import { documentFolder } from '../fixtures/documents.ts';
import type { GatewayOptions, ServingGateway } from '../options.ts';

const database = await testDatabase();
/** Few fields whose answer is long enough to be compressed. */
const LONG = Array.from({ length: 25 }, (_, at) => `${'x'.repeat(90)}${at}: site(id: $id) { name }`).join(
  ' ',
);
const FILES = {
  'Site.graphql': 'query Site($id: ID!) { site(id: $id) { name } }',
  'Same.graphql': 'query Same { site(id: "SITE-1") { name } }',
  'Large.graphql': `query Large($id: ID!) { ${LONG} }`,
};
const { folder, remove } = await documentFolder(FILES);
afterAll(remove);
const variables = (id: string) => `?variables=${encodeURIComponent(JSON.stringify({ id }))}`;
const SITE = `/q/${sha256(FILES['Site.graphql'])}${variables('SITE-1')}`;
const SAME = `/q/${sha256(FILES['Same.graphql'])}`;
const large = (id: string) => `/q/${sha256(FILES['Large.graphql'])}${variables(id)}`;
const [LARGE, TAGGED, GZIPPED] = [large('SITE-1'), large('SITE-2'), large('SITE-3')] as const;
const KEEPING = {
  answers: { databaseUrl: database.url, megabytes: 2 },
  documents: { folder, anonymousQueries: 'free' as const },
};
const opened: ServingGateway[] = [];
afterAll(async () => {
  for (const gateway of opened) await gateway.close();
});

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: string;
}

/** Sends a request as it is, and reads the bytes that come. */
function send(url: string, path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${url}${path}`, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes: Buffer.concat(chunks).toString('base64'),
        }),
      );
    });
    request.on('error', reject).end();
  });
}

const lanes = (gateway: ServingGateway) => gateway.answerFigures()?.byLane ?? 0;

/** A gateway that keeps answers, known to those who publish. */
async function start(more: Partial<GatewayOptions> = {}): Promise<ServingGateway> {
  const gateway = await documentGateway('free', { ...KEEPING, ...more });
  opened.push(gateway);
  for (let tries = 0; !gateway.answerFigures()?.entries; tries += 1) {
    await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(`query R${tries} { sites { id } }`)}`);
    // Of its own: what is kept is of /q, which rates and costs count.
    await send(gateway.url, SITE, { authorization: 'Bearer portal' });
    await sleep(20);
    expect(tries).toBeLessThan(200);
  }
  return gateway;
}

/** Asks until the lane has answered: all the answers, that one last. */
async function untilLane(gateway: ServingGateway, ask: () => Promise<Answer>): Promise<Answer[]> {
  const before = lanes(gateway);
  const all: Answer[] = [];
  while (lanes(gateway) === before && all.length < 100) all.push(await ask());
  expect(lanes(gateway)).toBe(before + 1);
  return all;
}

/** An answer without what is of one request. */
const lasting = ({ status, bytes, headers: { date: _date, 'x-request-id': id, ...headers } }: Answer) => {
  expect(id).toMatch(/^[\w.:-]{8,64}$/);
  return { status, bytes, headers };
};

describe('the lane answers as the long way does', () => {
  let gateway: ServingGateway;
  let tags: { plain: string; gzip: string };
  beforeAll(async () => {
    gateway = await start();
    const tag = async (path: string, encoding: string) =>
      String((await send(gateway.url, path, { 'accept-encoding': encoding })).headers.etag);
    tags = { plain: await tag(TAGGED, 'identity'), gzip: await tag(GZIPPED, 'gzip') };
  });

  const FORMS: [string, string, () => OutgoingHttpHeaders][] = [
    ['a short answer', SITE, () => ({})],
    ['a long answer', LARGE, () => ({})],
    ['anything accepted', LARGE, () => ({ accept: '*/*' })],
    ['the media type of GraphQL', LARGE, () => ({ accept: 'application/graphql-response+json' })],
    ['gzip', LARGE, () => ({ 'accept-encoding': 'gzip' })],
    ['brotli, as browsers say it', LARGE, () => ({ 'accept-encoding': 'gzip, deflate, br, zstd' })],
    ['an encoding that is refused', TAGGED, () => ({ 'accept-encoding': 'gzip;q=0, identity' })],
    ['a tag that matches', TAGGED, () => ({ accept: 'a/1', 'if-none-match': tags.plain })],
    ['a weak one', TAGGED, () => ({ accept: 'a/2', 'if-none-match': `W/${tags.plain}` })],
    ['one of several', TAGGED, () => ({ accept: 'a/0', 'if-none-match': `"a", ${tags.plain}` })],
    ['any tag', SITE, () => ({ accept: 'a/3', 'if-none-match': '*' })],
    ['a tag of another', SITE, () => ({ accept: 'a/4', 'if-none-match': tags.plain })],
    [
      'the tag of a compressed form',
      GZIPPED,
      () => ({ accept: 'a/5', 'accept-encoding': 'gzip', 'if-none-match': tags.gzip }),
    ],
  ];
  test.each(FORMS)('%s', async (_name, path, headers) => {
    const [first, ...others] = await untilLane(gateway, () => send(gateway.url, path, headers()));
    if (!first) throw new Error('Nothing was asked.');
    expect(others.length).toBeGreaterThan(0);
    expect([200, 304]).toContain(first.status);
    for (const other of others) expect(lasting(other)).toEqual(lasting(first));
  });

  test('the name of a request that it may have, else another one', async () => {
    const named = (id: string) => untilLane(gateway, () => send(gateway.url, SITE, { 'x-request-id': id }));
    expect((await named('portal-0123456789')).at(-1)?.headers['x-request-id']).toBe('portal-0123456789');
    const other = (await named('<script>')).at(-1)?.headers['x-request-id'];
    expect(other).toMatch(/^[0-9a-f-]{36}$/);
    expect((await named('<script>')).at(-1)?.headers['x-request-id']).not.toBe(other);
  });

  test.each([
    ['credentials', SITE, { authorization: 'Bearer portal' }, 'GET', 200],
    ['wrong credentials', SITE, { authorization: 'Bearer nobody' }, 'GET', 401],
    ['HEAD', SITE, {}, 'HEAD', 200],
    ['a length', SITE, { 'content-length': '0' }, 'GET', 200],
    ['another method', SITE, {}, 'DELETE', 404],
    ['a parameter more', `${SITE}&x=1`, {}, 'GET', 400],
    ['an address too long', `${SITE}${'&x=1'.repeat(3000)}`, {}, 'GET', 400],
  ])('not %s', async (_name, path, headers, method, status) => {
    await untilLane(gateway, () => send(gateway.url, SITE));
    const before = lanes(gateway);
    for (let round = 0; round < 5; round += 1)
      expect((await send(gateway.url, path, headers, method)).status).toBe(status);
    expect(lanes(gateway)).toBe(before);
  });

  test('what it remembers is counted, and bounded', async () => {
    const bytes = () => gateway.answerFigures()?.bytes ?? 0;
    const before = bytes();
    const ask = (accept: string) => send(gateway.url, SAME, { accept });
    for (let form = 0; form < 4; form += 1) await untilLane(gateway, () => ask(`b/${form}`));
    const grown = bytes();
    expect(grown).toBeGreaterThan(before + 4 * 1000);
    for (let form = 4; form < 40; form += 1) await ask(`b/${form}`);
    expect(bytes()).toBeLessThan(grown + 4 * (grown - before));
  });
});

test('rates count both ways together', async () => {
  const gateway = await start({ rates: { address: 300, caller: 0 } });
  const left = async (headers: OutgoingHttpHeaders = {}) =>
    Number((await send(gateway.url, `${SITE}&x=1`, headers)).headers['ratelimit-remaining']);
  const first = await left();
  await untilLane(gateway, () => send(gateway.url, SITE));
  const asked = (await untilLane(gateway, () => send(gateway.url, SITE))).length;
  const before = await left();
  const again = (await untilLane(gateway, () => send(gateway.url, SITE))).length;
  expect(first).toBeGreaterThan(before + asked);
  expect(await left()).toBe(before - again - 1);
  while ((await send(gateway.url, SITE)).status === 200) expect(lanes(gateway)).toBeLessThan(300);
  expect((await send(gateway.url, SITE)).headers['ratelimit-remaining']).toBe('0');
});

test('behind a proxy that is believed, each client has its own', async () => {
  const gateway = await start({
    rates: { address: 100, caller: 0 },
    trustedProxies: ['127.0.0.0/8'],
  });
  const as = async (client: string) => send(gateway.url, SITE, { 'x-forwarded-for': client });
  const count = async (client: string) => {
    for (let allowed = 0; allowed < 150; allowed += 1) if ((await as(client)).status === 429) return allowed;
    return Number.POSITIVE_INFINITY;
  };
  const before = lanes(gateway);
  expect(await count('192.0.2.1')).toBe(100);
  expect(await count('192.0.2.2')).toBe(100);
  expect(await count('198.51.100.9, 192.0.2.1')).toBe(0);
  expect(lanes(gateway)).toBeGreaterThan(before);
});

test('a budget is charged both ways alike', async () => {
  const gateway = await start({ costs: { public: 100, internal: 100, perMinute: 2000 } });
  const asked = await fetch(
    `${gateway.url}/graphql?query=${encodeURIComponent('{ site(id: "SITE-1") { name } }')}`,
  );
  const estimate = Number(asked.headers.get('x-cost-estimate'));
  const left = Number(asked.headers.get('x-cost-remaining'));
  expect(estimate).toBeGreaterThan(0);
  const before = lanes(gateway);
  let allowed = 0;
  while ((await send(gateway.url, SITE)).status === 200 && allowed < 5000) allowed += 1;
  expect(lanes(gateway)).toBeGreaterThan(before);
  // It refills meanwhile, whole in a minute.
  expect(allowed).toBeGreaterThanOrEqual(Math.floor(left / estimate));
  expect(allowed).toBeLessThan(Math.floor(left / estimate) + 2000 / estimate);
});

test('once the gateway closes, the long way tells so', async () => {
  const gate = Promise.withResolvers<void>();
  const plugin = {
    onExecute: ({ args }: { args: { operationName?: string | null } }) =>
      args.operationName === 'Slow' ? gate.promise : undefined,
  };
  const gateway = await start({ plugins: [plugin] });
  await untilLane(gateway, () => send(gateway.url, SITE));
  const before = lanes(gateway);
  const { hostname, port } = new URL(gateway.url);
  const slow = fetch(
    `${gateway.url}/graphql?operationName=Slow&query=${encodeURIComponent('query Slow { sites { id } }')}`,
  );
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${SITE} HTTP/1.1\r\nhost: hub\r\n`);
  await sleep(100);
  const closed = gateway.close();
  socket.write('\r\n');
  const answer = await text(socket);
  gate.resolve();
  await Promise.all([slow, closed]);
  opened.splice(opened.indexOf(gateway), 1);
  expect(answer).toMatch(/^HTTP\/1.1 200 /);
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(lanes(gateway)).toBe(before);
});
