import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { AUDIENCE, startIdentityProvider } from '../../test/kit/identity-provider.ts';
import { createKey } from '../../test/kit/keys.ts';
import { fixtureSupergraph, inProcessFixtures } from '../fixtures/subgraphs.ts';
import { startGateway } from '../server.ts';
import { openIdentity } from './identity.ts';
import { revokeKey } from './key.query.ts';
import type { GatewayDatabase } from './tables.ts';

const database = await testDatabase();
const provider = await startIdentityProvider();
const identity = await openIdentity({
  databaseUrl: database.url,
  oidc: { issuer: provider.issuer, audience: [AUDIENCE] },
});
const gateway = await startGateway({
  supergraph: fixtureSupergraph(),
  host: '127.0.0.1',
  port: 0,
  inProcess: inProcessFixtures([]),
  identity,
});
afterAll(async () => {
  await gateway.close();
  await identity.close();
});

const key = await createKey(database.url, { role: 'PUBLIC', quota: 3 });

/** Asks what costs nothing. */
async function ask(headers: Record<string, string> = {}, search = '') {
  const response = await fetch(`${gateway.url}/graphql${search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text };
}

const REFUSED = '"message":"The credentials are not valid, or are so no longer."';

test('anybody may ask', async () => {
  expect(await ask()).toMatchObject({ status: 200 });
});

test.each([
  ['access_token', (good: string) => `?access_token=${good}`],
  ['authorization', (good: string) => `?authorization=Bearer%20${good}`],
  ['api_key', (good: string) => `?api_key=${good}&key=${good}`],
])('a key in the address (%s) is not looked at', async (_name, search) => {
  const { status, headers } = await ask({}, search(key));
  expect(status).toBe(200);
  expect(headers.get('x-quota-limit')).toBeNull();
});

test.each(['x-api-key', 'cookie', 'proxy-authorization'])('nor in the header %s', async (name) => {
  const { status, headers } = await ask({ [name]: `Bearer ${key}` });
  expect(status).toBe(200);
  expect(headers.get('x-quota-limit')).toBeNull();
});

test.each<[string, () => string | Promise<string>]>([
  ['a key that does not exist', () => `Bearer hub_${'a'.repeat(12)}_${'A'.repeat(43)}`],
  ['a wrong secret', () => `Bearer ${key.replace(/.{4}$/, 'AAAA')}`],
  ['no Bearer', () => `Basic ${key}`],
  ['garbage', () => 'Bearer \u00e9\u00e9\u00e9'],
  ['an altered token', async () => `Bearer ${(await provider.token()).slice(0, -6)}AAAAAA`],
  ['a token for others', async () => `Bearer ${await provider.token('marie', 'https://elsewhere.example/')}`],
  ['ten thousand characters', () => `Bearer ${'e30.'.repeat(2500)}`],
])('%s is refused with 401', async (_case, header) => {
  const { status, text } = await ask({ authorization: await header() });
  expect(status).toBe(401);
  expect(text).toContain(REFUSED);
  expect(text).toContain('"code":"UNAUTHENTICATED"');
  expect(text).not.toMatch(/jose|jwt|kid|sha256|gateway\.|\bat .*:\d+/i);
});

test('a token of a megabyte does no harm', async () => {
  const { status } = await ask({ authorization: `Bearer ${'e30.'.repeat(250_000)}` });
  expect(status).toBe(431);
  expect(await ask()).toMatchObject({ status: 200 });
});

test('a token of the provider is let in', async () => {
  expect(await ask({ authorization: `Bearer ${await provider.token()}` })).toMatchObject({ status: 200 });
});

test('a key is counted down to its quota, and then refused with 429', async () => {
  const authorization = `Bearer ${key}`;
  const remaining = [];
  for (let at = 0; at < 3; at += 1)
    remaining.push((await ask({ authorization })).headers.get('x-quota-remaining'));
  expect(remaining).toEqual(['2', '1', '0']);
  const { status, text } = await ask({ authorization });
  expect(status).toBe(429);
  expect(text).toContain('"code":"RATE_LIMITED"');
});

test('a revoked key is refused within seconds, without a restart', async () => {
  const doomed = await createKey(database.url, { role: 'ANALYST' });
  const authorization = `Bearer ${doomed}`;
  expect(await ask({ authorization })).toMatchObject({ status: 200 });
  const owner = database.connect<GatewayDatabase>('gateway', 'owner');
  await revokeKey(owner, doomed.split('_')[1] ?? '');
  await expect.poll(async () => (await ask({ authorization })).status, { timeout: 3000 }).toBe(401);
});
