import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from './fixtures/subgraphs.ts';
import type { RunningGateway } from './options.ts';
import { startGateway } from './server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const SITE = '{ site(id: "SITE-1") { name } }';
const nested = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);

let gateway: RunningGateway | undefined;
let operations = '';
beforeAll(async () => {
  operations = await mkdtemp(join(tmpdir(), 'operations-'));
  await writeFile(join(operations, 'Site.graphql'), 'query Site($id: ID!) { site(id: $id) { name } }');
  await writeFile(join(operations, 'Site.variables.json'), '{"id":"SITE-1"}');
  const supergraph = fixtureSupergraph();
  gateway = await startGateway({
    supergraph,
    host: '127.0.0.1',
    port: 0,
    inProcess: inProcessFixtures(),
    operations,
  });
});
afterAll(async () => {
  await gateway?.close();
  await rm(operations, { recursive: true });
});

const send = (path: string, init?: RequestInit) => fetch(`${gateway?.url}${path}`, init);
const post = (body: string, headers: Record<string, string> = JSON_TYPE) =>
  send('/graphql', { method: 'POST', body, headers });
const get = (query: string) => send(`/graphql?query=${encodeURIComponent(query)}`);

interface Refusal {
  name: string;
  request: () => Promise<Response>;
  status: number;
  code: string;
}

const REFUSALS: Refusal[] = [
  { name: 'unparsable JSON', request: () => post('{"query":'), status: 400, code: 'BAD_USER_INPUT' },
  { name: 'an empty body', request: () => post(''), status: 400, code: 'BAD_USER_INPUT' },
  {
    name: 'a body over 256 kB',
    request: () => post(`"${'x'.repeat(262_144)}"`),
    status: 413,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'a list of requests',
    request: () => post(`[{"query":"${'{ __typename }'}"}]`),
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'a form',
    request: () => post('query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'plain text',
    request: () => post('{__typename}', { 'content-type': 'text/plain' }),
    status: 415,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'bare GraphQL',
    request: () => post('{__typename}', { 'content-type': 'application/graphql' }),
    status: 415,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'multipart',
    request: () => post('--x--', { 'content-type': 'multipart/form-data; boundary=x' }),
    status: 415,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'a mutation over GET',
    request: () => get('mutation { thank(id: "TEM-1") { id } }'),
    status: 405,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'another method',
    request: () => send('/graphql', { method: 'PUT', headers: JSON_TYPE, body: '{}' }),
    status: 404,
    code: 'NOT_FOUND',
  },
  { name: 'another address', request: () => send('/etc/passwd'), status: 404, code: 'NOT_FOUND' },
  {
    name: 'another file of the explorer',
    request: () => send('/explorer/..%2Fserver.ts'),
    status: 404,
    code: 'NOT_FOUND',
  },
  { name: 'a broken address', request: () => send('/%c0%af'), status: 400, code: 'BAD_USER_INPUT' },
  {
    name: 'JSON nested 100 000 deep',
    request: () => post(`{"query":"{ __typename }","variables":{"x":${nested('[', ']', 100_000)}}}`),
    status: 400,
    code: 'BAD_USER_INPUT',
  },
  {
    name: 'a variable nested 100 000 deep',
    request: () =>
      post(
        `{"query":"query($x: ID!) { site(id: $x) { id } }","variables":{"x":${nested('[', ']', 100_000)}}}`,
        { ...JSON_TYPE, accept: 'application/graphql-response+json' },
      ),
    status: 400,
    code: 'BAD_USER_INPUT',
  },
];

describe('what the host refuses', () => {
  test.each(REFUSALS)('$name', async ({ request, status, code }) => {
    const response = await request();
    const text = await response.text();
    expect(response.status, text.slice(0, 300)).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/json/);
    expect(response.headers.get('x-request-id')).toBeTruthy();
    expect(text.length).toBeLessThan(10_000);
    expect(text).not.toMatch(/\.ts|node_modules|127\.0\.0\.1| at \S+:\d+/);
    const { errors = [] }: { errors?: { extensions: { code: string } }[] } = JSON.parse(text);
    expect(errors[0]?.extensions.code).toBe(code);
    // The process lives.
    expect((await send('/healthcheck')).status).toBe(200);
  });

  const asGraphQL = { ...JSON_TYPE, accept: 'application/graphql-response+json' };
  test.each([
    ['_entities', '{ _entities(representations: []) { __typename } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['_service', '{ _service { sdl } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['an inaccessible field', '{ testimonies { ref } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['a federation type', '{ __type(name: "join__Graph") { name } }', ''],
    ['a syntax error', '{', 'GRAPHQL_PARSE_FAILED'],
    ['more than 1 000 tokens', `{ ${'a '.repeat(1001)}}`, 'COST_LIMIT'],
    ['a document nested deep', nested('{a', '}', 400), 'COST_LIMIT'],
    ['an integer of more than 64 bits', '{ site(id: 100000000000000000000) { name } }', 'BAD_USER_INPUT'],
  ])('%s is 400', async (_name, query, code) => {
    const response = await post(JSON.stringify({ query }), asGraphQL);
    const answer: { data?: unknown; errors?: { extensions: { code: string } }[] } = await response.json();
    expect(answer.errors?.[0]?.extensions.code ?? '').toBe(code);
    if (code) expect(response.status).toBe(400);
    else expect(answer.data).toEqual({ __type: null });
  });
});

test('headers larger than Node reads are refused in JSON too', async () => {
  const response = await send('/graphql', { headers: { 'x-large': 'x'.repeat(20_000) } });
  expect(response.status).toBe(431);
  expect(await response.json()).toEqual({
    errors: [{ message: 'Unreadable request.', extensions: { code: 'BAD_USER_INPUT' } }],
  });
});

describe('what the host answers', () => {
  test('a query over GET', async () => {
    const response = await get(SITE);
    expect(await response.json()).toEqual({ data: { site: { name: 'Arras' } } });
  });

  test('a sane request id comes back, another is replaced', async () => {
    const kept = await send('/graphql', { headers: { 'x-request-id': 'portal-0123456789' } });
    expect(kept.headers.get('x-request-id')).toBe('portal-0123456789');
    const replaced = await send('/graphql', { headers: { 'x-request-id': 'a b"; drop' } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the request id is in INTERNAL errors', async () => {
    const headers = { ...JSON_TYPE, 'x-request-id': 'portal-0123456789' };
    expect(await (await post('{"query":"{ broken }"}', headers)).json()).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL', requestId: 'portal-0123456789' } }],
    });
  });

  test('any site may read the data from a browser', async () => {
    const origin = 'https://portal.example';
    const preflight = await send('/graphql', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/content-type/i);
    const answer = await post(JSON.stringify({ query: SITE }), { ...JSON_TYPE, origin });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('health and readiness', async () => {
    expect(await (await send('/healthcheck')).json()).toEqual({ status: 'ok' });
    expect(await (await send('/readiness')).json()).toEqual({ status: 'ready' });
  });

  test('the explorer needs nothing from elsewhere', async () => {
    const page = await (await send('/')).text();
    expect(page).toContain('<title>Services Publics+ Hub');
    expect(page).not.toMatch(/https?:\/\//);
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(files).toHaveLength(4);
    for (const path of files) expect((await send(path)).status).toBe(200);
    for (const worker of ['editorWorkerService', 'json', 'graphql'])
      expect((await send(`/explorer/${worker}.worker.js`)).headers.get('content-type')).toMatch(/javascript/);
    expect(await (await send('/explorer/tabs.json')).json()).toEqual([
      { query: 'query Site($id: ID!) { site(id: $id) { name } }', variables: '{"id":"SITE-1"}' },
    ]);
  });
});
