import { get as httpGet, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentGateway, documentPath, fixtureDocuments } from '../fixtures/document-host.ts';
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
const SITE = () => path('Site', { id: 'SITE-1' });

/** A request whose answer is not unpacked. */
async function raw(to: string, headers: Record<string, string>) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpGet(`${host.url}${to}`, { headers }, resolve).on('error', reject);
  });
  return { headers: response.headers, status: response.statusCode, bytes: await buffer(response) };
}

describe('encodings', () => {
  test('each has its tag, its bytes, and the same text', async () => {
    const [plain, gzip, br] = [
      await raw(path('Large'), {}),
      await raw(path('Large'), { 'accept-encoding': 'gzip' }),
      await raw(path('Large'), { 'accept-encoding': 'gzip, deflate, br, zstd' }),
    ];
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(br.headers['content-encoding']).toBe('br');
    expect(gunzipSync(gzip.bytes)).toEqual(plain.bytes);
    expect(brotliDecompressSync(br.bytes)).toEqual(plain.bytes);
    const tags = [plain, gzip, br].map(({ headers }) => headers.etag);
    expect(tags).toEqual([tags[0], tags[0]?.replace(/"$/, '-gzip"'), tags[0]?.replace(/"$/, '-br"')]);
    for (const { headers, bytes } of [plain, gzip, br]) {
      expect(headers.vary).toBe('accept, accept-encoding, authorization');
      expect(headers['content-length']).toBe(String(bytes.length));
    }
    const headers = { 'accept-encoding': 'gzip', 'if-none-match': gzip.headers.etag ?? '' };
    expect(await raw(path('Large'), headers)).toMatchObject({ status: 304, bytes: Buffer.alloc(0) });
    expect((await raw(path('Large'), { ...headers, 'accept-encoding': 'br' })).status).toBe(200);
    expect((await raw(path('Large'), { 'accept-encoding': 'gzip' })).bytes).toEqual(gzip.bytes);
  });

  test('a short answer travels as it is', async () => {
    const { headers } = await raw(SITE(), { 'accept-encoding': 'gzip' });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers.vary).toContain('accept-encoding');
  });
});
