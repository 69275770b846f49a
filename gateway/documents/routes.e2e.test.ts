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
const AS = (name: string) => ({ authorization: `Bearer ${name}` });

describe('an answer', () => {
  test('may be kept by anybody, for as long as its subgraph says', async () => {
    const response = await send(SITE());
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { site: { name: 'Arras' } } });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=3600, stale-while-revalidate=3600, stale-if-error=86400',
      vary: 'accept, accept-encoding, authorization',
      etag: expect.stringMatching(/^"[\w-]{43}"$/),
      'access-control-allow-origin': '*',
      'x-request-id': expect.stringMatching(/./),
    });
  });

  test.each([
    ['Voices', 'public, max-age=60, stale-while-revalidate=60, stale-if-error=86400'],
    ['Sites', 'public, no-cache'],
    ['Errors', 'public, max-age=3600, stale-while-revalidate=3600, stale-if-error=86400'],
    ['Broken', 'private, no-store'],
  ])('%s: %s', async (name, expected) => {
    const response = await send(path(name));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe(expected);
    expect(await response.text()).not.toMatch(LEAK);
  });

  test('for everybody says nothing of whoever asked', async () => {
    const personal = ({ headers }: Response) =>
      [...headers.keys()].filter((name) => /ratelimit|quota|cost/.test(name));
    expect(personal(await send(SITE()))).toEqual([]);
    expect(personal(await send(SITE(), { headers: AS('portal') }))).toContain('ratelimit-remaining');
    expect(personal(await send(path('Broken')))).toContain('ratelimit-remaining');
  });

  test.each(['portal', 'analyst'])('to %s is for nobody else', async (name) => {
    const response = await send(SITE(), { headers: AS(name) });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  test('to credentials that nothing recognised is for nobody else either', async () => {
    const alone = await documentHost(store, async () => ({ status: 200, text: '{"data":1}', shared: {} }));
    closing.push(alone.close);
    const keptFor = async (headers: Record<string, string>) =>
      (await fetch(`${alone.url}${SITE()}`, { headers })).headers.get('cache-control');
    expect(await keptFor(AS('anyone'))).toBe('private, no-store');
    expect(await keptFor({})).toContain('public');
  });

  test('comes in the media type of GraphQL for who names it', async () => {
    const headers = { accept: 'application/graphql-response+json' };
    const response = await send(SITE(), { headers });
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
    expect(response.headers.get('etag')).not.toBe((await send(SITE())).headers.get('etag'));
  });

  test('to HEAD is the same without the body', async () => {
    const [head, whole] = [await send(SITE(), { method: 'HEAD' }), await send(SITE())];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['etag', 'cache-control', 'content-type', 'content-length', 'vary'])
      expect(head.headers.get(name), name).toBe(whole.headers.get(name));
  });
});

describe('revalidation', () => {
  test('the same answer has the same tag, whoever asked and under whatever request id', async () => {
    const tags = await Promise.all(
      [{}, { 'x-request-id': 'another-request' }, AS('analyst')].map(async (headers) =>
        (await send(SITE(), { headers })).headers.get('etag'),
      ),
    );
    expect(new Set(tags).size).toBe(1);
    expect((await send(path('Site', { id: 'SITE-2' }))).headers.get('etag')).not.toBe(tags[0]);
  });

  test.each([
    ['the tag', (tag: string) => tag, 304],
    ['the tag as a weak one', (tag: string) => `W/${tag}`, 304],
    ['a list with it', (tag: string) => `"x", ${tag}`, 304],
    ['anything', () => '*', 304],
    ['another tag', () => '"x"', 200],
    ['the tag without quotes', (tag: string) => tag.slice(1, -1), 200],
    ['the tag of another encoding', (tag: string) => tag.replace(/"$/, '-gzip"'), 200],
  ])('who has %s', async (_name, header, status) => {
    const whole = await send(SITE());
    const tag = whole.headers.get('etag') ?? '';
    for (const method of ['GET', 'HEAD']) {
      const again = await send(SITE(), { method, headers: { 'if-none-match': header(tag) } });
      expect(again.status).toBe(status);
      const body = await again.text();
      if (status === 304) expect(body).toBe('');
      for (const name of ['etag', 'cache-control', 'vary', 'access-control-allow-origin'])
        expect(again.headers.get(name), name).toBe(whole.headers.get(name));
      if (status === 304) expect(again.headers.get('content-type')).toBeNull();
    }
  });

  test('errors are never 304', async () => {
    const again = await send(path('Broken'), { headers: { 'if-none-match': '*' } });
    expect(again.status).toBe(200);
    expect(again.headers.get('etag')).toBeNull();
  });

  test('another answer has another tag', async () => {
    let value = 1;
    const counting = await documentHost(store, async () => ({
      status: 200,
      text: `{"data":${value}}`,
      shared: {},
    }));
    closing.push(counting.close);
    const first = await fetch(`${counting.url}${SITE()}`);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${counting.url}${SITE()}`, { headers })).status).toBe(304);
    value += 1;
    const changed = await fetch(`${counting.url}${SITE()}`, { headers });
    expect(changed.status).toBe(200);
    expect(await changed.json()).toEqual({ data: 2 });
  });
});

test('the list tells each caller of its documents, with hash and variables', async () => {
  const names = async (headers: Record<string, string>) => {
    const response = await send('/q', { headers });
    const list: { name: string; hash: string; variables: Record<string, string> }[] = await response.json();
    return { response, list, names: list.map(({ name }) => name) };
  };
  const anybody = await names({});
  expect(anybody.names).toEqual(['Broken', 'Errors', 'Large', 'Site', 'Sites', 'Thank', 'Voices']);
  expect(anybody.list[3]).toEqual({ name: 'Site', hash: hashOf('Site'), variables: { id: 'ID!' } });
  expect(anybody.response.headers.get('cache-control')).toBe('public, no-cache');
  const analyst = await names(AS('analyst'));
  expect(analyst.names).toContain('Indicators');
  expect(analyst.response.headers.get('cache-control')).toBe('private, no-store');
  const headers = { 'if-none-match': anybody.response.headers.get('etag') ?? '' };
  expect((await send('/q', { headers })).status).toBe(304);
});

test('a page of another site may ask', async () => {
  const response = await send(SITE(), { method: 'OPTIONS', headers: { origin: 'https://portal.example' } });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(response.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
  expect(response.headers.get('access-control-allow-headers')).toContain('if-none-match');
});
