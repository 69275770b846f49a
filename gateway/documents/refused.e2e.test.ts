import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentGateway, documentHost, documentPath, fixtureDocuments } from '../fixtures/document-host.ts';
import { LEAK } from '../fixtures/documents.ts';
import type { RunningGateway } from '../options.ts';
import type { DocumentStore } from './document.ts';

let host: RunningGateway;
let store: DocumentStore;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  store = await fixtureDocuments();
  host = await documentGateway();
  closing.push(host.close);
});
afterAll(async () => {
  for (const close of closing) await close();
});

const path = (name: string, variables?: unknown) => documentPath(store, name, variables);
const hashOf = (name: string) => path(name).slice('/q/'.length);
const send = (to: string, init: RequestInit = {}) => fetch(`${host.url}${to}`, init);
const SITE = () => path('Site', { id: 'SITE-1' });

describe('what is refused', () => {
  const deep = `{"id":${'['.repeat(1000)}${']'.repeat(1000)}}`;
  const vars = (text: string) => () => `${path('Site')}?variables=${encodeURIComponent(text)}`;
  test.each([
    ['an unknown hash', () => `/q/${'0'.repeat(64)}`, 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['capitals', () => `/q/${hashOf('Site').toUpperCase()}`, 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a short hash', () => '/q/abc', 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a long hash', () => `/q/${'0'.repeat(5000)}`, 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['no hash', () => '/q/', 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a name', () => '/q/__proto__', 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a path', () => `/q/${hashOf('Site')}/x`, 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a way out', () => '/q/..%2f..%2fetc%2fpasswd', 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a document of the internal contract', () => path('Indicators'), 404, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a mutation', () => path('Thank'), 405, 'BAD_USER_INPUT'],
    ['variables that are no JSON', vars('{"id":'), 400, 'BAD_USER_INPUT'],
    ['variables that are a list', vars('["SITE-1"]'), 400, 'BAD_USER_INPUT'],
    ['variables that are null', vars('null'), 400, 'BAD_USER_INPUT'],
    ['empty variables', vars(''), 400, 'BAD_USER_INPUT'],
    ['an unknown variable', vars('{"id":"SITE-1","x":1}'), 400, 'BAD_USER_INPUT'],
    ['__proto__', vars('{"id":"SITE-1","__proto__":{"x":1}}'), 400, 'BAD_USER_INPUT'],
    ['a missing variable', () => path('Site'), 400, 'BAD_USER_INPUT'],
    ['a variable of another type', vars('{"id":{"a":1}}'), 400, 'BAD_USER_INPUT'],
    ['a deep variable', vars(deep), 400, 'BAD_USER_INPUT'],
    ['variables twice', () => `${SITE()}&variables=%7B%7D`, 400, 'BAD_USER_INPUT'],
    ['another parameter', () => `${SITE()}&t=1`, 400, 'BAD_USER_INPUT'],
    ['a query', () => `${path('Site')}?query=%7B__typename%7D`, 400, 'BAD_USER_INPUT'],
    ['a broken escape', () => `${path('Site')}?variables=%7B%22id%22%3A%zz%7D`, 400, 'BAD_USER_INPUT'],
    ['a long address', () => `${SITE()}${'+'.repeat(8192)}`, 400, 'BAD_USER_INPUT'],
  ])('%s', async (_name, to, status, code) => {
    const response = await send(to(), { headers: { 'x-request-id': 'the-request-id' } });
    const text = await response.text();
    expect(response.status, text).toBe(status);
    const { errors }: { errors: { extensions: Record<string, unknown> }[] } = JSON.parse(text);
    expect(errors[0]?.extensions).toMatchObject({ code });
    expect(text).not.toMatch(LEAK);
    expect(text.length).toBeLessThan(10_000);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('x-request-id')).toBe('the-request-id');
    expect(response.headers.get('content-type')).toMatch(/json/);
  });

  test('credentials that do not hold are 401, which a page of another site can read', async () => {
    const response = await send(SITE(), { headers: { authorization: 'Bearer nobody' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toContain('authorization');
  });

  test('a mutation goes by POST', async () => {
    const response = await send(path('Thank'));
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('what fails inside is told as little, and kept by nobody', async () => {
    const failing = await documentHost(store, async () => {
      throw new Error('select * from secret at http://10.0.0.1');
    });
    closing.push(failing.close);
    const response = await fetch(`${failing.url}${SITE()}`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).toContain('"INTERNAL"');
    expect(text).not.toMatch(LEAK);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  test.each([500, 503, 400, 429])('an answer of %i is kept by nobody', async (status) => {
    const failing = await documentHost(store, async () => ({ status, text: '{"errors":[]}', shared: {} }));
    closing.push(failing.close);
    const response = await fetch(`${failing.url}${SITE()}`, { headers: { 'if-none-match': '*' } });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('etag')).toBeNull();
  });
});
