import { afterAll, beforeEach, expect, test } from 'vitest';
import { HEADERS, SIGNATURE_HEADER } from '../signature/format.ts';
import { encodeViewer } from '../signature/identity.ts';
import type { RequestToSign } from '../signature/sign.ts';
import { listenSubgraph } from './server.ts';
import { type HttpAnswer, post, raw, SECRET, signedHeaders } from './toy/signed.ts';
import { REFERENT, toySubgraph } from './toy/subgraph.ts';

const NEXT = 'the next secret of the tests, known already';
const toy = toySubgraph();
const server = await listenSubgraph(toy.subgraph, { host: '127.0.0.1', port: 0, secrets: [NEXT, SECRET] });
afterAll(() => server.close());
beforeEach(() => {
  toy.ran.length = 0;
});

const ASK = JSON.stringify({ query: '{ asks }' });
const WRITE = JSON.stringify({ query: 'mutation { write }' });

/** Addresses, paths, statements, code, secrets, and the names of the checks. */
const LEAKS =
  /\d+\.\d+\.\d+\.\d+|localhost|hunter2|\/work|node_modules|\.ts\b|\bat \w+ \(|select |postgres|secret|signature|hub-|stack/i;

const codeOf = ({ text }: HttpAnswer): unknown => JSON.parse(text).errors[0].extensions.code;

/** An answer, and what has run for it. */
const seen = (answer: HttpAnswer) => ({ ...answer, ran: [...toy.ran] });
/** Refused, without a word on why, and nothing has run. */
const REFUSED = {
  status: 401,
  text: '{"errors":[{"message":"The request is refused.","extensions":{"code":"UNAUTHENTICATED"}}]}',
  ran: [],
};

/** What counts of an answer whose words may vary. */
const summary = (answer: HttpAnswer) => ({
  status: answer.status,
  code: codeOf(answer),
  leak: LEAKS.exec(answer.text)?.[0],
  ran: [...toy.ran],
});
const neutral = (status: number, code: string) => ({ status, code, leak: undefined, ran: [] });

const SECOND = 1000;
const now = Date.now();

test('viewer and request id of the signature are what the request runs with', async () => {
  const headers = signedHeaders(ASK, { viewer: REFERENT, requestId: 'portal-1' });
  const { status, text } = await post(server.url, ASK, { ...headers, 'x-request-id': 'another' });
  expect(status).toBe(200);
  expect(JSON.parse(JSON.parse(text).data.asks)).toEqual({ viewer: REFERENT, requestId: 'portal-1' });
});

test.each<[string, Partial<RequestToSign>]>([
  ['signed with the first secret', { secret: NEXT }],
  ['signed with the second secret', { secret: SECRET }],
  ['55 s old', { time: now - 55 * SECOND, deadline: now + 30 * SECOND }],
  ['55 s early', { time: now + 55 * SECOND }],
])('a request %s is answered', async (_case, changes) => {
  expect((await post(server.url, ASK, signedHeaders(ASK, changes))).status).toBe(200);
  expect(toy.ran).toEqual(['asks']);
});

test.each<[string, Partial<RequestToSign>]>([
  ['by nobody that is known', { secret: 'the secret of somebody else, long enough' }],
  ['with a secret that was withdrawn', { secret: 'the previous secret of the tests' }],
  ['for another subgraph', { audience: 'indicators' }],
  ['61 s ago', { time: now - 61 * SECOND, deadline: now + 30 * SECOND }],
  ['a day ago', { time: now - 86_400 * SECOND, deadline: now + 30 * SECOND }],
  ['75 s in the future', { time: now + 75 * SECOND }],
  ['with an absurd deadline', { deadline: now + 86_400 * SECOND }],
  ['for a body with one byte more', { body: `${ASK} ` }],
  ['for a body with one byte changed', { body: ASK.replace('asks', 'Asks') }],
  ['for no body', { body: '' }],
])('a request signed %s is refused', async (_case, changes) => {
  expect(seen(await post(server.url, ASK, signedHeaders(ASK, changes)))).toEqual(REFUSED);
});

const NAMES = [...Object.values(HEADERS), SIGNATURE_HEADER];
const other = signedHeaders('{}', {
  audience: 'indicators',
  viewer: REFERENT,
  requestId: 'request-0002',
  time: now - SECOND,
});
/** Another value of the same form. */
const altered = (value: string) => `${value.slice(0, -1)}${value.endsWith('1') ? '2' : '1'}`;
test.each(NAMES)('without the right %s it is refused', async (name) => {
  const headers = signedHeaders(ASK);
  const { [name]: value = '', ...without } = headers;
  expect(seen(await post(server.url, ASK, without))).toEqual(REFUSED);
  for (const wrong of ['', altered(value), `${value}0`, `${value}%00`, other[name] ?? ''])
    expect(seen(await post(server.url, ASK, { ...headers, [name]: wrong }))).toEqual(REFUSED);
});

test('nobody gives himself another identity', async () => {
  const headers = signedHeaders(ASK);
  const viewer = encodeViewer({ role: 'DITP', subject: null, network: null, structure: null });
  expect(seen(await post(server.url, ASK, { ...headers, [HEADERS.viewer]: viewer }))).toEqual(REFUSED);
});

test('without any signature it is refused, whatever it is', async () => {
  for (const body of [ASK, WRITE, '{ "query"', '', JSON.stringify({ query: '{ _service { sdl } }' })])
    expect(seen(await post(server.url, body, { 'content-type': 'application/json' }))).toEqual(REFUSED);
  expect(seen(await post(server.url, 'query={asks}', { 'content-type': 'text/plain' }))).toEqual(REFUSED);
  expect(seen(await post(`${server.url}/elsewhere`, ASK, { 'content-type': 'application/json' }))).toEqual(
    REFUSED,
  );
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
    const response = await fetch(`${server.url}/graphql?query=%7Basks%7D`, { method });
    expect(seen({ status: response.status, text: await response.text() })).toEqual(REFUSED);
  }
});

test('a request is run once; a copy of it with another body does not use it up', async () => {
  const headers = signedHeaders(WRITE);
  expect(seen(await post(server.url, WRITE.replace('write', 'Write'), headers))).toEqual(REFUSED);
  expect((await post(server.url, WRITE, headers)).status).toBe(200);
  expect(toy.ran).toEqual(['write']);
  toy.ran.length = 0;
  expect(seen(await post(server.url, WRITE, headers))).toEqual(REFUSED);
  const copies = signedHeaders(WRITE);
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(server.url, WRITE, copies)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  expect(toy.ran).toEqual(['write']);
});

test('a request that comes after its deadline is not run', async () => {
  const late = await post(server.url, WRITE, signedHeaders(WRITE, { time: now - SECOND, deadline: now - 1 }));
  expect(summary(late)).toEqual(neutral(504, 'TIMEOUT'));
});

test('an answer that is not ready at the deadline is not waited for', async () => {
  const body = JSON.stringify({ query: '{ slow }' });
  const late = await post(server.url, body, signedHeaders(body, { deadline: Date.now() + 300 }));
  expect(late.text).not.toMatch(LEAKS);
  expect({ status: late.status, code: codeOf(late) }).toEqual({ status: 504, code: 'TIMEOUT' });
  toy.release();
  expect((await post(server.url, ASK, signedHeaders(ASK))).status).toBe(200);
});

/** A request up to its body, as it goes over the wire. */
const head = (body: string, changes: Partial<RequestToSign> = {}, others = '') => {
  const headers = Object.entries(signedHeaders(body, changes)).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `POST /graphql HTTP/1.1\r\nhost: toy\r\n${headers.join('')}${others}\r\n`;
};

test.each<[string, string, number]>([
  ['the same header twice', `${HEADERS.requestId}: request-0001\r\n`, 401],
  ['a header of 8 kB', `${HEADERS.viewer}: ${'x'.repeat(8192)}\r\n`, 401],
  ['a header of 100 kB', `${HEADERS.viewer}: ${'x'.repeat(100_000)}\r\n`, 431],
  ['bytes that are no text', `${HEADERS.nonce}: \xff\xfe\x80\r\n`, 401],
  ['a NUL in a header', `${HEADERS.nonce}: a\0b\r\n`, 400],
  ['a header without an end', 'hub-\r\n', 400],
])('%s: refused, in JSON', async (_case, garbage, status) => {
  const length = `content-length: ${ASK.length}\r\n`;
  const answer = await raw(server.url, head(ASK, {}, length + garbage) + ASK);
  if (status === 401) expect(seen(answer)).toEqual(REFUSED);
  else expect(summary(answer)).toEqual(neutral(status, 'BAD_USER_INPUT'));
});

test.each<[string, string]>([
  ['no HTTP at all', 'hello\r\n\r\n'],
  ['an address that is none', 'POST /%zz HTTP/1.1\r\nhost: toy\r\n\r\n'],
])('%s: refused, in JSON', async (_case, bytes) => {
  expect(summary(await raw(server.url, bytes))).toEqual(neutral(400, 'BAD_USER_INPUT'));
});

test('a request without body and type is refused, though it is signed', async () => {
  const start = head('').replace('content-type: application/json\r\n', '');
  expect(seen(await raw(server.url, start))).toEqual(REFUSED);
});

test('a request whose body comes after the deadline is not run', async () => {
  const deadline = Date.now() + 200;
  const start = head(WRITE, { deadline }, `content-length: ${WRITE.length}\r\n`);
  expect(summary(await raw(server.url, start, { after: deadline + 20, bytes: WRITE }))).toEqual(
    neutral(504, 'TIMEOUT'),
  );
});

test('the health addresses answer anybody, and say nothing', async () => {
  const answers = ['healthcheck', 'readiness'].map(async (path) =>
    (await fetch(`${server.url}/${path}`)).text(),
  );
  expect(await Promise.all(answers)).toEqual(['{"status":"ok"}', '{"status":"ready"}']);
});

const THINGS = 'query ($r: [_Any]!) { _entities(representations: $r) { __typename } }';
const things = (representations: unknown) =>
  JSON.stringify({ query: THINGS, variables: { r: representations } });
const many = Array.from({ length: 1001 }, (_, id) => ({ __typename: 'Thing', id }));

test.each<[string, string, number, string]>([
  [
    'a body over the limit',
    JSON.stringify({ query: `{ asks } #${'x'.repeat(1024 * 1024)}` }),
    413,
    'BAD_USER_INPUT',
  ],
  ['unparsable JSON', '{"query":', 400, 'BAD_USER_INPUT'],
  [
    'JSON nested 100 000 deep',
    `{"query":"{ asks }","variables":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    400,
    'BAD_USER_INPUT',
  ],
  ['bytes that are no UTF-8', '{"query":"\xff"', 400, 'BAD_USER_INPUT'],
  ['a __proto__ key', '{"query":"{ asks }","__proto__":{"x":1}}', 400, 'BAD_USER_INPUT'],
  [
    'a __proto__ key in a representation',
    things([{ __typename: 'Thing', id: '1' }]).replace('"id"', '"__proto__":{},"id"'),
    400,
    'BAD_USER_INPUT',
  ],
  [
    'a __proto__ key in a literal',
    JSON.stringify({
      query: '{ _entities(representations: [{__typename: "Thing", __proto__: {id: "1"}}]) { __typename } }',
    }),
    200,
    'BAD_USER_INPUT',
  ],
  ['an unknown __typename', things([{ __typename: 'Other', id: '1' }]), 200, 'BAD_USER_INPUT'],
  ['the __typename of no object', things([{ __typename: '_Any', id: '1' }]), 200, 'BAD_USER_INPUT'],
  ['the __typename of no entity', things([{ __typename: 'Query' }]), 200, 'BAD_USER_INPUT'],
  ['a __typename that every object has', things([{ __typename: 'constructor' }]), 200, 'BAD_USER_INPUT'],
  ['a __typename that is a list', things([{ __typename: ['Thing'], id: '1' }]), 200, 'BAD_USER_INPUT'],
  ['no __typename', things([{ id: '1' }]), 200, 'BAD_USER_INPUT'],
  ['a representation that is a text', things(['Thing']), 200, 'BAD_USER_INPUT'],
  ['1 001 representations', things(many), 200, 'BAD_USER_INPUT'],
  ['a batch of operations', `[${ASK},${ASK}]`, 400, 'BAD_USER_INPUT'],
  ['no operation', '{}', 400, 'BAD_USER_INPUT'],
  ['a syntax error', '{"query":"{ asks "}', 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unknown field', '{"query":"{ nothing }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
])('%s: refused in neutral words, well signed though it is', async (_case, body, status, code) => {
  expect(summary(await post(server.url, body, signedHeaders(body)))).toEqual(neutral(status, code));
});

test('a thousand representations are answered', async () => {
  const body = things(many.slice(1));
  expect((await post(server.url, body, signedHeaders(body))).status).toBe(200);
  expect(toy.ran).toHaveLength(1000);
});

test('a subgraph without a secret does not start', async () => {
  await expect(listenSubgraph(toy.subgraph, { host: '127.0.0.1', port: 0, secrets: [] })).rejects.toThrow(
    'needs the secret of its gateway',
  );
});
