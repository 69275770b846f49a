import { get as httpGet } from 'node:http';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { documentGateway, documentPath, fixtureDocuments } from '../fixtures/document-host.ts';
import { LEAK } from '../fixtures/documents.ts';
import type { RunningGateway } from '../options.ts';

let gateway: RunningGateway;
let site = '';
beforeAll(async () => {
  site = documentPath(await fixtureDocuments(), 'Site');
  gateway = await documentGateway();
});
afterAll(() => gateway.close());

/** Sends an address and headers as they are, which `fetch` would put in order first. */
async function send(path: string, headers: Record<string, string> = {}) {
  const response = await new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    httpGet(`${gateway.url}/`, { path, headers }, (answer) => {
      text(answer).then((body) => resolve({ status: answer.statusCode, body }), reject);
    }).on('error', reject);
  });
  expect(response.body).not.toMatch(LEAK);
  return response;
}

const graphic = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const escaped = fc
  .uint8Array({ maxLength: 40 })
  .map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
const junk = fc.oneof(graphic, escaped);

test('no address and no header makes the gateway fail, nor answer anything but JSON', async () => {
  await fc.assert(
    fc.asyncProperty(junk, junk, graphic, async (path, query, header) => {
      const headers = { accept: header, 'accept-encoding': header, 'if-none-match': header };
      for (const address of [`/q/${path}`, `/q?${query}`, `${site}?${query}`, `${site}?variables=${query}`]) {
        const { status, body } = await send(address, headers);
        // "*" is any version: that what it has is current needs no body.
        expect(header.includes('*') ? [200, 304, 400, 404] : [200, 400, 404], address).toContain(status);
        if (status === 304) expect(body, address).toBe('');
        else expect(() => JSON.parse(body), address).not.toThrow();
      }
    }),
    { numRuns: 150 },
  );
});

test('any value of a variable is an answer of the graph or a mistake of the caller', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (id) => {
      const { status, body } = await send(`${site}?variables=${encodeURIComponent(JSON.stringify({ id }))}`);
      expect([200, 400]).toContain(status);
      const known = typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id));
      if (known && status === 200) expect(JSON.parse(body)).toEqual({ data: { site: null } });
      if (!known) expect(status).toBe(400);
    }),
    { numRuns: 150 },
  );
});
