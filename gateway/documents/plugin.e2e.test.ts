import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentGateway, fixtureDocuments } from '../fixtures/document-host.ts';
import { LEAK } from '../fixtures/documents.ts';
import type { RunningGateway } from '../options.ts';
import type { DocumentStore } from './document.ts';
import type { AnonymousQueries } from './plugin.ts';
import { sha256 } from './store.ts';

let store: DocumentStore;
const gateways = new Map<AnonymousQueries, RunningGateway>();
beforeAll(async () => {
  store = await fixtureDocuments();
  for (const policy of ['free', 'trusted'] as const) gateways.set(policy, await documentGateway(policy));
});
afterAll(async () => {
  for (const gateway of gateways.values()) await gateway.close();
});

const GRAPHQL = 'application/graphql-response+json';
const site = () => store.all.find(({ name }) => name === 'Site') ?? { hash: '', text: '' };
const internal = () => store.all.find(({ name }) => name === 'Indicators') ?? { hash: '', text: '' };
const apq = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } });
const VARIABLES = { id: 'SITE-1' };
const OTHER = '{ site(id: "SITE-1") { name } }';

async function post(policy: AnonymousQueries, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${gateways.get(policy)?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: GRAPHQL, ...headers },
    body: JSON.stringify(body),
  });
  return read(response);
}

async function read(response: Response) {
  const text = await response.text();
  expect(text).not.toMatch(LEAK);
  const answer: { data?: unknown; errors?: { message: string; extensions: { code: string } }[] } =
    JSON.parse(text);
  const [error] = answer.errors ?? [];
  return {
    status: response.status,
    data: answer.data,
    code: error?.extensions.code,
    message: error?.message,
  };
}

describe('a document is found', () => {
  test.each([
    ['by documentId', () => ({ documentId: `sha256:${site().hash}` })],
    ['by persistedQuery', () => ({ extensions: apq(site().hash) })],
    ['by both', () => ({ documentId: `sha256:${site().hash}`, extensions: apq(site().hash) })],
    ['by persistedQuery, beside other extensions', () => ({ extensions: { ...apq(site().hash), a: 1 } })],
    ['when it comes too', () => ({ query: site().text, extensions: apq(site().hash) })],
    [
      'when it comes too, with its documentId',
      () => ({ query: site().text, documentId: `sha256:${site().hash}` }),
    ],
    ['beside an empty document', () => ({ query: '', extensions: apq(site().hash) })],
    ['with the name of its operation', () => ({ operationName: 'Site', extensions: apq(site().hash) })],
    ['by its text alone', () => ({ query: site().text })],
  ])('%s', async (_name, named) => {
    for (const policy of ['free', 'trusted'] as const) {
      const answer = await post(policy, { ...named(), variables: VARIABLES });
      expect(answer).toMatchObject({ status: 200, data: { site: { name: 'Arras' } } });
    }
  });

  test.each([
    () => `documentId=${encodeURIComponent(`sha256:${site().hash}`)}`,
    () => `extensions=${encodeURIComponent(JSON.stringify(apq(site().hash)))}`,
  ])('over GET', async (named) => {
    const url = `${gateways.get('trusted')?.url}/graphql?${named()}&variables=${encodeURIComponent('{"id":"SITE-1"}')}`;
    expect(await read(await fetch(url))).toMatchObject({ status: 200, data: { site: { name: 'Arras' } } });
  });
});

describe('a document is not found', () => {
  const unknown = '0'.repeat(64);
  const cases: [string, () => object][] = [
    ['unknown documentId', () => ({ documentId: `sha256:${unknown}` })],
    ['unknown persistedQuery', () => ({ extensions: apq(unknown) })],
    ['no hash', () => ({ documentId: 'sha256:' })],
    ['an identifier of another kind', () => ({ documentId: site().hash })],
    ['another algorithm', () => ({ documentId: `sha1:${site().hash}` })],
    ['capitals', () => ({ extensions: apq(site().hash.toUpperCase()) })],
    ['a name of the language', () => ({ extensions: apq('__proto__') })],
    ['a document of the internal contract', () => ({ documentId: `sha256:${internal().hash}` })],
  ];
  test.each(cases)('%s: 404, or 200 to clients of plain JSON', async (_name, named) => {
    for (const policy of ['free', 'trusted'] as const) {
      const body = { ...named(), variables: VARIABLES };
      const expected = {
        code: 'PERSISTED_QUERY_NOT_FOUND',
        message: 'PersistedQueryNotFound',
        data: undefined,
      };
      expect(await post(policy, body)).toEqual({ ...expected, status: 404 });
      expect(await post(policy, body, { accept: 'application/json' })).toEqual({ ...expected, status: 200 });
    }
  });

  test('unless one may know of it', async () => {
    const answer = await post(
      'trusted',
      { documentId: `sha256:${internal().hash}` },
      { authorization: 'Bearer analyst' },
    );
    expect(answer).toMatchObject({ status: 200, data: { indicators: [{ title: 'Satisfaction' }, {}] } });
  });

  test('and what came with its hash is not remembered', async () => {
    const query = '{ testimonies { id } }';
    const extensions = apq(sha256(query));
    expect((await post('free', { query, extensions })).status).toBe(200);
    expect((await post('free', { extensions })).code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });
});

describe('a request that contradicts itself is 400, whatever it accepts', () => {
  test.each([
    ['the hash of another document', () => ({ query: OTHER, extensions: apq(site().hash) })],
    ['the documentId of another document', () => ({ query: OTHER, documentId: `sha256:${site().hash}` })],
    ['a line end less', () => ({ query: site().text.trimEnd(), extensions: apq(site().hash) })],
    ['two hashes', () => ({ documentId: `sha256:${site().hash}`, extensions: apq(internal().hash) })],
    ['a hash that is no text', () => ({ extensions: apq(1) })],
    ['another version', () => ({ extensions: apq(site().hash, 2) })],
    ['a persistedQuery that is a text', () => ({ extensions: { persistedQuery: site().hash } })],
    ['a documentId that is a number', () => ({ documentId: 1 })],
  ])('%s', async (_name, body) => {
    for (const accept of [GRAPHQL, 'application/json'])
      expect(await post('free', body(), { accept })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test.each([[[]], [null], ['x'], [{}], [{ query: 1 }], [{ documentId: null }]])('%j', async (body) => {
    for (const policy of ['free', 'trusted'] as const)
      expect(await post(policy, body)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' });
  });
});

describe('where anybody may send trusted documents only', () => {
  test.each([
    ['another document', { query: OTHER }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['__typename', { query: '{ __typename }' }],
    ['a syntax error', { query: '{' }],
    ['another document with its own hash', { query: OTHER, extensions: apq(sha256(OTHER)) }],
    ['a document of the internal contract', { query: 'query Indicators { indicators { title } }\n' }],
  ])('%s is 403', async (_name, body) => {
    for (const accept of [GRAPHQL, 'application/json'])
      for (const headers of [{ accept }, { accept, authorization: 'Bearer portal' }])
        expect(await post('trusted', body, headers)).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    const { message } = await post('trusted', body);
    expect(message).toContain('GET /q');
  });

  test('roles send what they like', async () => {
    const answer = await post('trusted', { query: OTHER }, { authorization: 'Bearer analyst' });
    expect(answer).toMatchObject({ status: 200, data: { site: { name: 'Arras' } } });
  });

  test('elsewhere anybody does', async () => {
    expect(await post('free', { query: OTHER })).toMatchObject({ status: 200 });
  });
});
