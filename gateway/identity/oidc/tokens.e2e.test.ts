import { createHmac, generateKeyPairSync } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { AUDIENCE, startIdentityProvider } from '../../../test/kit/identity-provider.ts';
import { stubProvider } from '../fixtures/provider.ts';
import { Tokens } from './tokens.ts';

const provider = await startIdentityProvider('shared-kid');
// Another provider whose key has the same name.
const stranger = await startIdentityProvider('shared-kid');
const { issuer } = provider;
const tokens = new Tokens({ issuer, audience: ['https://other.example', AUDIENCE] });

const now = () => Math.floor(Date.now() / 1000);
const claims = () => ({ iss: issuer, aud: AUDIENCE, sub: 'marie', exp: now() + 300 });
const MARIE = { issuer, subject: 'marie' };

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (header: object, payload: object) => `${part(header)}.${part(payload)}`;

/** A token signed with a text as the secret of an HMAC. */
function hmacToken(secret: string, header: object): string {
  const body = unsigned(header, claims());
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

/** The middle of a token replaced, its signature kept. */
function altered(token: string, change: object): string {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const before: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  return `${header}.${part({ ...before, ...change })}.${signature}`;
}

const fresh = await generateKeyPair('RS256', { extractable: true });
const foreign = (header: Record<string, unknown>) =>
  new SignJWT(claims()).setProtectedHeader({ alg: 'RS256', ...header }).sign(fresh.privateKey);

test('a token of the provider is good, for either audience', async () => {
  expect(await tokens.read(await provider.token())).toEqual(MARIE);
  expect(await tokens.read(await provider.token('paul'))).toEqual({ issuer, subject: 'paul' });
  expect(await tokens.read(await provider.token('marie', 'https://other.example'))).toEqual(MARIE);
});

test.each([
  ['signed by hand', {}, {}],
  ['for several audiences, ours among them', { aud: ['https://x.example', AUDIENCE] }, {}],
  ['expired 20 s ago, within the skew of clocks', { exp: now() - 20 }, {}],
  ['to be used in 20 s, within the skew of clocks', { nbf: now() + 20 }, {}],
  ['without a type', {}, { typ: undefined }],
  ['of the plain type', {}, { typ: 'JWT' }],
])('a token %s is good', async (_case, change, header) => {
  expect(await tokens.read(provider.sign({ ...claims(), ...change }, header))).toEqual(MARIE);
});

test.each<[string, () => string | Promise<string>]>([
  ['alg none', () => `${unsigned({ alg: 'none' }, claims())}.`],
  [
    'alg NONE with a signature',
    async () => {
      const [, , signature] = (await provider.token()).split('.');
      return `${unsigned({ alg: 'NoNe', kid: 'shared-kid' }, claims())}.${signature}`;
    },
  ],
  [
    'HS256 with the public key as the secret',
    () => {
      const { kid, pem } = provider.publicKey();
      return hmacToken(pem, { alg: 'HS256', kid });
    },
  ],
  [
    'HS256 with the public key as the secret, without its last line',
    () => {
      const { kid, pem } = provider.publicKey();
      return hmacToken(pem.trim(), { alg: 'HS256', kid });
    },
  ],
  ['HS256 with an empty secret', () => hmacToken('', { alg: 'HS256' })],
  ['the wrong issuer', () => provider.sign({ ...claims(), iss: 'https://evil.example' })],
  ['the issuer with a slash more', () => provider.sign({ ...claims(), iss: `${issuer}/` })],
  ['no issuer', () => provider.sign({ ...claims(), iss: undefined })],
  ['the wrong audience', () => provider.token('marie', 'https://elsewhere.example/')],
  ['no audience', () => provider.sign({ ...claims(), aud: undefined })],
  ['expired 40 s ago', () => provider.sign({ ...claims(), exp: now() - 40 })],
  ['no expiry', () => provider.sign({ ...claims(), exp: undefined })],
  ['an expiry that is a text', () => provider.sign({ ...claims(), exp: '9999999999' })],
  ['to be used in an hour', () => provider.sign({ ...claims(), nbf: now() + 3600 })],
  ['no subject', () => provider.sign({ ...claims(), sub: undefined })],
  ['an empty subject', () => provider.sign({ ...claims(), sub: '' })],
  ['a subject that is no text', () => provider.sign({ ...claims(), sub: { $ne: null } })],
  ['an unknown kid', () => provider.sign(claims(), { kid: 'nobody' })],
  ['a kid that is a path', () => provider.sign(claims(), { kid: '../../../dev/null' })],
  ['the key of somebody else', () => foreign({ kid: 'shared-kid' })],
  ['a key of its own in the header', async () => foreign({ jwk: await exportJWK(fresh.publicKey) })],
  [
    'the address of a key in the header',
    () => foreign({ kid: 'shared-kid', jku: `${stranger.issuer}/jwks` }),
  ],
  ['another provider with the same kid', () => stranger.token()],
  ['another provider that claims to be ours', () => stranger.sign(claims())],
  ['a changed subject', async () => altered(await provider.token(), { sub: 'paul' })],
  ['a changed expiry', async () => altered(await provider.token(), { exp: now() + 9999 })],
  [
    'the algorithm changed',
    async () => {
      const [header = '', payload, signature] = (await provider.token()).split('.');
      const before: object = JSON.parse(Buffer.from(header, 'base64url').toString());
      return `${part({ ...before, alg: 'PS256' })}.${payload}.${signature}`;
    },
  ],
  ['no signature', async () => (await provider.token()).replace(/[^.]+$/, '')],
  ['an extension that must be understood', () => provider.sign(claims(), { crit: ['exp'], exp: 1 })],
  ['a payload that is not encoded', () => provider.sign(claims(), { crit: ['b64'], b64: false })],
  ['the type of another use', () => provider.sign(claims(), { typ: 'logout+jwt' })],
  ['bound to a key of its holder', () => provider.sign({ ...claims(), cnf: { jkt: 'x' } })],
  ['five parts', async () => `${await provider.token()}.x.y`],
  ['one part', () => 'garbage'],
  ['three parts of garbage', () => '!!!.???.###'],
  ['an array for a payload', () => `${part({ alg: 'RS256' })}.${part([])}.x`],
  [
    'a thousand nested arrays',
    () => `${part({ alg: 'RS256' })}.${Buffer.from('['.repeat(1000)).toString('base64url')}.x`,
  ],
  ['nothing', () => ''],
  ['over 8 kB, well signed', () => provider.sign({ ...claims(), pad: 'x'.repeat(8192) })],
  ['a megabyte', () => 'e30.'.repeat(250_000)],
])('a token is refused: %s', async (_case, make) => {
  // The keys are known: it is not for want of them that it is refused.
  expect(await tokens.read(await provider.token())).toEqual(MARIE);
  const token = await make();
  expect(await tokens.read(token)).toBeNull();
});

test.each(['ES256', 'PS256', 'EdDSA'] as const)('signatures of %s are good too', async (alg) => {
  const pair = await generateKeyPair(alg, { extractable: true });
  const { issuer: named } = await stubProvider({
    keys: [{ ...(await exportJWK(pair.publicKey)), kid: alg, alg }],
  });
  const reader = new Tokens({ issuer: named, audience: [AUDIENCE] });
  const token = await new SignJWT({ ...claims(), iss: named })
    .setProtectedHeader({ alg, kid: alg })
    .sign(pair.privateKey);
  expect(await reader.read(token)).toEqual({ issuer: named, subject: 'marie' });
});

test('a symmetric key that a provider publishes by mistake opens nothing', async () => {
  const secret = 'a secret that everybody can read, as long as needed';
  const k = Buffer.from(secret).toString('base64url');
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { issuer: named } = await stubProvider({
    keys: [
      { kty: 'oct', k, kid: 'x', alg: 'HS256' },
      { ...publicKey.export({ format: 'jwk' }), kid: 'y' },
    ],
  });
  const reader = new Tokens({ issuer: named, audience: [AUDIENCE] });
  const token = await new SignJWT({ ...claims(), iss: named })
    .setProtectedHeader({ alg: 'HS256', kid: 'x' })
    .sign(Buffer.from(secret));
  expect(await reader.read(token)).toBeNull();
});
