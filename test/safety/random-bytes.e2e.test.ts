import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sign } from '../../kernel/signature/sign.ts';
import { ANONYMOUS } from '../../kernel/viewer.ts';
import { startedDatabase, startHub, TEST_SECRET } from '../kit/hub.ts';
import { rolesOf } from '../kit/roles.ts';
import { as, errorsOf, isKnownCode, operation, request } from './kit/http.ts';
import { leakIn } from './kit/leak.ts';
import { plan } from './random/draw.ts';
import { answersIn, sendRaw } from './random/socket.ts';

/** Bytes that nobody should send, to the gateway and to a subgraph: an answer, or a closed connection. */
const { url: databaseUrl } = await startedDatabase();
const hub = await startHub(databaseUrl, { mode: 'apart' });
const keys = await rolesOf(databaseUrl);
const subgraph = (hub.subgraphUrls.administrations ?? '').replace(/\/graphql$/, '');

/** Errors that nobody catches would end the process in production. */
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);
beforeAll(() => {
  process.on('uncaughtExceptionMonitor', note);
});
afterAll(() => {
  process.off('uncaughtExceptionMonitor', note);
});

const BODY = JSON.stringify({ query: '{ networks { id } }', variables: { a: 1 } });

const message = (line: string, headers: Record<string, string>, body = '') =>
  `${line} HTTP/1.1\r\n${Object.entries({
    host: 'hub',
    ...headers,
    ...(body && { 'content-length': String(Buffer.byteLength(body)) }),
  })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n${body}`;

/** Valid requests, each on a connection that ends with it. */
const requests = {
  gateway: () => [
    message(
      'POST /graphql',
      { connection: 'close', 'content-type': 'application/json', accept: '*/*' },
      BODY,
    ),
    message(
      'POST /graphql',
      { connection: 'close', 'content-type': 'application/json', authorization: `Bearer ${keys.DITP}` },
      BODY,
    ),
    message('GET /graphql?query=%7B__typename%7D', { connection: 'close', 'apollo-require-preflight': '1' }),
    message(`GET /q/${'a'.repeat(64)}?variables=%7B%22a%22%3A1%7D`, {
      connection: 'close',
      'if-none-match': 'W/"x"',
    }),
    message('OPTIONS /graphql', {
      connection: 'close',
      origin: 'https://example.org',
      'access-control-request-method': 'POST',
    }),
    message('GET /', { connection: 'close', 'accept-encoding': 'gzip, br' }),
    message('POST /graphql', {
      connection: 'close',
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    }).concat('5\r\n{"que\r\n0\r\n\r\n'),
  ],
  subgraph: () => [
    message(
      'POST /graphql',
      { connection: 'close', 'content-type': 'application/json', ...signedFor(BODY) },
      BODY,
    ),
    message('GET /readiness', { connection: 'close' }),
  ],
};

function signedFor(body: string): Record<string, string> {
  return sign({
    secret: TEST_SECRET,
    audience: 'administrations',
    viewer: ANONYMOUS,
    requestId: 'random-0001',
    deadline: Date.now() + 10_000,
    body,
  });
}

interface Change {
  at: number;
  kind: 'flip' | 'drop' | 'insert' | 'cut' | 'repeat';
  bytes: Uint8Array;
}

/** Changes a request here and there; `at` is a share of its length, in thousandths. */
function changed(text: string, changes: readonly Change[]): Buffer {
  let bytes = Buffer.from(text, 'utf8');
  for (const { at, kind, bytes: other } of changes) {
    const place = Math.floor((at / 1000) * bytes.length);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (kind === 'flip') bytes = Buffer.concat([before, other, after.subarray(other.length)]);
    else if (kind === 'drop') bytes = Buffer.concat([before, after.subarray(other.length)]);
    else if (kind === 'insert') bytes = Buffer.concat([before, other, after]);
    else if (kind === 'cut') bytes = Buffer.from(before);
    else bytes = Buffer.concat([before, after.subarray(0, 40), after]);
  }
  return bytes;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.integer({ min: 0, max: 1000 }),
  kind: fc.constantFrom('flip', 'flip', 'insert', 'insert', 'drop', 'cut', 'repeat'),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc
      .constantFrom(
        '\r\n',
        '\r\n\r\n',
        ': ',
        '\0',
        '%00',
        '../',
        '"',
        '{',
        '[',
        '\u202e',
        'x'.repeat(3000),
        'Content-Length: 5\r\n',
        'Transfer-Encoding: chunked\r\n',
        'Expect: 100-continue\r\n',
        'Upgrade: websocket\r\n',
        'HTTP/2.0',
      )
      .map((text) => Buffer.from(text)),
  ),
});

/** What is wrong with what came back; null for answers that leak nothing, and for none. */
async function faultOf(url: string, bytes: Uint8Array): Promise<string | null> {
  const answer = await sendRaw(url, bytes);
  if (answer.closed === 'hanging') return 'the connection stays open';
  if (answer.text !== '' && !answer.text.startsWith('HTTP/1.1 ')) return 'no HTTP';
  for (const { status, head, body } of answersIn(answer)) {
    if (!(status >= 100 && status < 500)) return `status ${status}: ${body}`;
    const leak = leakIn(`${head}\n\n${/content-type: text\/html/i.test(head) ? '' : body}`, ['subgraph']);
    if (leak !== null) return leak;
    // Node itself refuses, without a word, what has no host or expects something.
    if (/^0?$/.test(body.trim())) continue;
    if (status >= 400 && !/content-type: application\/(graphql-response\+)?json/i.test(head))
      return `${status} without JSON: ${head}`;
    if (status >= 400 && !/"code":"[A-Z_]+"/.test(body) && body !== '')
      return `${status} without a code: ${body}`;
  }
  return null;
}

/** Several at once: most of them keep the server waiting for more. */
const together = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 40, size: 'max' });

async function faultsOf(url: string, all: readonly Uint8Array[]): Promise<string[]> {
  const faults = await Promise.all(all.map((bytes) => faultOf(url, bytes)));
  return faults.filter((fault) => fault !== null);
}

const targets: { name: 'gateway' | 'subgraph'; url: string }[] = [
  { name: 'gateway', url: hub.url },
  { name: 'subgraph', url: subgraph },
];

describe.each(targets)('$name', ({ name, url }) => {
  const alive = async () => {
    expect((await fetch(`${url}/healthcheck`)).status).toBe(200);
    expect(uncaught).toEqual([]);
  };

  test('random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(together(fc.uint8Array({ maxLength: 400 })), async (all) => {
        expect(await faultsOf(url, all)).toEqual([]);
      }),
      plan(4),
    );
    await alive();
  });

  test('valid requests, changed here and there', async () => {
    const which = fc.nat({ max: requests[name]().length - 1 });
    const random = fc.tuple(which, fc.array(change, { minLength: 1, maxLength: 4 }));
    await fc.assert(
      fc.asyncProperty(together(random), async (all) => {
        const sent = all.map(([index, changes]) => changed(requests[name]()[index] ?? '', changes));
        expect(await faultsOf(url, sent)).toEqual([]);
      }),
      plan(8),
    );
    await alive();
  });

  test('and the valid requests themselves are answered', async () => {
    for (const text of requests[name]().slice(0, name === 'gateway' ? 3 : 2)) {
      const [answer] = answersIn(await sendRaw(url, Buffer.from(text)));
      expect(answer?.status, text).toBe(200);
    }
  });
});

test('random variables, in place of every kind of argument', async () => {
  const QUERY = `query ($id: ID!, $ids: [ID!]!, $first: Int, $after: String, $filter: SiteFilter, $near: Near, $since: DateTime!, $yes: Boolean!) {
    site(id: $id) { name } nodes(ids: $ids) @include(if: $yes) { id } changes(since: $since) { since }
    sites(first: $first, after: $after, filter: $filter, near: $near) { totalCount } }`;
  const good = {
    id: 'SITE-1',
    ids: ['NET-caf'],
    first: 1,
    after: null,
    filter: {},
    near: null,
    since: '2024-01-01T00:00:00Z',
    yes: true,
  };
  const name = fc.constantFrom(...Object.keys(good), 'unknown', '__proto__');
  const value = fc.oneof(
    fc.jsonValue(),
    fc.anything({ withNullPrototype: false, maxDepth: 4 }),
    fc.string({ unit: 'binary' }),
  );
  const given = fc.array(fc.tuple(name, value), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(given, fc.boolean(), async (pairs, known) => {
      const variables = { ...good, ...Object.fromEntries(pairs) };
      const got = await request(hub.url, as(known ? keys.ANALYST : undefined, operation(QUERY, variables)));
      expect([200, 400]).toContain(got.status);
      for (const { extensions } of errorsOf(got)) {
        expect(isKnownCode(extensions.code), got.text).toBe(true);
        expect(['INTERNAL', 'SOURCE_UNAVAILABLE', 'TIMEOUT'], got.text).not.toContain(extensions.code);
      }
      expect(got.text).toMatch(/^\{"(data|errors)":/);
    }),
    plan(150),
  );
  expect(uncaught).toEqual([]);
});
