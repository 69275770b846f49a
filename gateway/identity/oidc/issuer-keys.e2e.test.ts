import type { ServerResponse } from 'node:http';
import { errors, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { HubError } from '../../../kernel/errors.ts';
import { AUDIENCE, startIdentityProvider } from '../../../test/kit/identity-provider.ts';
import { type StubAnswers, stubProvider } from '../fixtures/provider.ts';
import { discoverKeys } from './discovery.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { Tokens } from './tokens.ts';

const HOUR = 3_600_000;
const AWAY = {
  code: 'SOURCE_UNAVAILABLE',
  message: 'Tokens cannot be checked: their issuer does not answer.',
};
const audience = [AUDIENCE];

/** The provider's own keys behind a clock that the test moves. */
function watched(issuer: string) {
  const clock = { now: 0 };
  const keys = new IssuerKeys(
    () => discoverKeys(issuer),
    {},
    () => clock.now,
  );
  const find = async (kid: string): Promise<string> => {
    try {
      await keys.find({ alg: 'RS256', kid }, { payload: '', signature: '' });
      return 'FOUND';
    } catch (error) {
      return error instanceof HubError || error instanceof errors.JOSEError ? error.code : String(error);
    }
  };
  return { clock, find };
}

test('known keys survive an outage of the provider, for a day', async () => {
  const provider = await startIdentityProvider('a');
  const { clock, find } = watched(provider.issuer);
  expect(await find('a')).toBe('FOUND');
  await provider.stop();
  clock.now += 23 * HOUR;
  expect(await find('a')).toBe('FOUND');
  expect(await find('b')).toBe('ERR_JWKS_NO_MATCHING_KEY');
  clock.now += 2 * HOUR;
  expect(await find('a')).toBe('SOURCE_UNAVAILABLE');
  await provider.start();
  clock.now += 60_000;
  expect(await find('a')).toBe('FOUND');
});

test('a token of the provider is good while it is away', async () => {
  const provider = await startIdentityProvider();
  const tokens = new Tokens({ issuer: provider.issuer, audience, times: { cooldownMs: 0, refreshMs: 0 } });
  const token = await provider.token();
  expect(await tokens.read(token)).not.toBeNull();
  await provider.stop();
  expect(await tokens.read(token)).toMatchObject({ subject: 'marie' });
});

test('a provider that is away at the start is asked again later', async () => {
  const provider = await startIdentityProvider();
  const token = await provider.token();
  await provider.stop();
  const tokens = new Tokens({ issuer: provider.issuer, audience, times: { retryMs: 0 } });
  await expect(tokens.read(token)).rejects.toMatchObject(AWAY);
  // What could never be good is refused, provider or not.
  expect(await tokens.read('e30.e30.e30')).toBeNull();
  await provider.start();
  expect(await tokens.read(token)).toMatchObject({ subject: 'marie' });
});

test('a new key of the provider is followed, the old one no longer', async () => {
  const provider = await startIdentityProvider();
  const tokens = new Tokens({ issuer: provider.issuer, audience, times: { cooldownMs: 0 } });
  const before = await provider.token();
  expect(await tokens.read(before)).not.toBeNull();
  provider.rotate();
  expect(await tokens.read(await provider.token())).toMatchObject({ subject: 'marie' });
  expect(await tokens.read(before)).toBeNull();
});

test('keys are read again after ten minutes, without anybody waiting: a withdrawn one is refused', async () => {
  const provider = await startIdentityProvider('old');
  const { clock, find } = watched(provider.issuer);
  expect(await find('old')).toBe('FOUND');
  provider.rotate();
  clock.now += HOUR / 6;
  expect(await find('old')).toBe('FOUND');
  await expect.poll(() => find('old'), { timeout: 5000 }).toBe('ERR_JWKS_NO_MATCHING_KEY');
});

test('invented key ids make nobody ask the provider more often than the cooldown allows', async () => {
  const provider = await startIdentityProvider('a');
  const { clock, find } = watched(provider.issuer);
  expect(await find('a')).toBe('FOUND');
  const asked = () => provider.requests.filter((path) => path === '/jwks').length;
  const flood = () => Promise.all(Array.from({ length: 500 }, (_, at) => find(`invented ${at}`)));
  expect(new Set(await flood())).toEqual(new Set(['ERR_JWKS_NO_MATCHING_KEY']));
  expect(asked()).toBe(1);
  clock.now += 31_000;
  await flood();
  await flood();
  expect(asked()).toBe(2);
});

test('tokens of elsewhere, or past, make nobody ask the provider at all', async () => {
  const provider = await startIdentityProvider();
  const tokens = new Tokens({ issuer: provider.issuer, audience, times: { cooldownMs: 0 } });
  await tokens.read(await provider.token());
  const asked = provider.requests.length;
  const now = Math.floor(Date.now() / 1000);
  for (const claims of [
    { iss: 'https://x', exp: now + 60 },
    { iss: provider.issuer, exp: now - 60 },
  ])
    expect(await tokens.read(provider.sign({ ...claims, sub: 'x' }, { kid: 'unknown' }))).toBeNull();
  expect(provider.requests.length).toBe(asked);
});

test('a provider that is down is not hammered either', async () => {
  const stub = await stubProvider({ answer: status(503) });
  const { clock, find } = watched(stub.issuer);
  for (let at = 0; at < 50; at += 1) expect(await find('a')).toBe('SOURCE_UNAVAILABLE');
  expect(stub.requests).toHaveLength(1);
  clock.now += 6000;
  await find('a');
  expect(stub.requests).toHaveLength(2);
});

function status(code: number, body = '', headers: Record<string, string> = {}) {
  return (_path: string, response: ServerResponse) => {
    response.writeHead(code, headers).end(body);
    return true;
  };
}

const toOther = await stubProvider({});

test.each<[string, StubAnswers, RegExp]>([
  ['names another issuer', { metadata: () => ({ issuer: 'https://other.example' }) }, /names another issuer/],
  [
    'names itself with a slash more',
    { metadata: (issuer) => ({ issuer: `${issuer}/` }) },
    /names another issuer/,
  ],
  [
    'has its keys at an address that is not safe',
    { metadata: () => ({ jwks_uri: 'http://x.example/' }) },
    /not https/,
  ],
  ['has its keys in a file', { metadata: () => ({ jwks_uri: 'file:///etc/passwd' }) }, /not https/],
  ['says nothing of keys', { metadata: () => ({ jwks_uri: undefined }) }, /jwks_uri/],
  ['sends elsewhere', { answer: status(302, '', { location: toOther.issuer }) }, /fetch failed/],
  ['fails', { answer: status(500) }, /status 500/],
  ['answers with a page', { answer: status(200, '<html>') }, /JSON/],
  ['answers without an end', { answer: status(200, `"${'x'.repeat(300_000)}"`) }, /too long/],
  ['has a thousand keys', { keys: Array.from({ length: 1000 }, () => ({ kty: 'RSA' })) }, /keys/],
])('no key is taken of a provider that %s', async (_case, answers, reason) => {
  const { issuer } = await stubProvider(answers);
  await expect(discoverKeys(issuer)).rejects.toThrow(reason);
  expect(toOther.requests).toEqual([]);
});

test('no issuer is asked over an address that is not safe', async () => {
  await expect(discoverKeys('http://idp.example.org')).rejects.toThrow('must be an https address');
});

test('an issuer with a path is asked under that path', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const stub = await stubProvider({
    keys: [await exportJWK(publicKey)],
    metadata: (root) => ({ issuer: `${root}/realms/sp/` }),
  });
  const issuer = `${stub.issuer}/realms/sp/`;
  const tokens = new Tokens({ issuer, audience });
  const token = await new SignJWT({ iss: issuer, aud: AUDIENCE, sub: 'x' })
    .setExpirationTime('1m')
    .setProtectedHeader({ alg: 'ES256' })
    .sign(privateKey);
  expect(await tokens.read(token)).toEqual({ issuer, subject: 'x' });
  expect(stub.requests[0]).toBe('/realms/sp/.well-known/openid-configuration');
});
