import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { AUDIENCE, startIdentityProvider } from '../../test/kit/identity-provider.ts';
import { createKey } from '../../test/kit/keys.ts';

const database = await testDatabase();
const provider = await startIdentityProvider();

const goodKey = await createKey(database.url, { role: 'DITP', quota: 100 });
const expiredKey = await createKey(database.url, { role: 'DITP', expiresAt: new Date(Date.now() - 1000) });
const token = await provider.token();
const wrongToken = provider.sign({
  iss: provider.issuer,
  aud: 'x',
  sub: 'jean.martin@caf.fr',
  exp: 9_999_999_999,
});
const alteredKey = goodKey.replace(/.{4}$/, 'AAAA');
const CREDENTIALS = [goodKey, expiredKey, alteredKey, token, wrongToken, `${token.slice(0, -6)}AAAAAA`];
const headers = [
  ...CREDENTIALS.map((credential) => `Bearer ${credential}`),
  `Basic ${goodKey}`,
  'Bearer hunter2hunter2',
];

/** Pieces of the credentials that must be nowhere, not even cut in two. */
const SECRETS = [
  ...CREDENTIALS.flatMap((credential) => credential.slice(17).split('.').flatMap(pieces)),
  'hunter2',
  'jean.martin',
];

/** The ends of a text, and its middle. */
function pieces(text: string): string[] {
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, 12), text.slice(middle, middle + 12), text.slice(-12)].filter(
    ({ length }) => length > 10,
  );
}

/** Everything that a process says while credentials are tried in it, at the most talkative level. */
async function said(databaseUrl: string, issuer: string): Promise<string> {
  const trial = { databaseUrl, oidc: { issuer, audience: [AUDIENCE] }, headers };
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('fixtures/try-all.ts', import.meta.url))],
    { env: { ...process.env, LOG_LEVEL: 'trace', TRIAL: JSON.stringify(trial) } },
  );
  return stdout + stderr;
}

test('neither errors nor the log hold anything of a credential', async () => {
  const text = await said(database.url, provider.issuer);
  expect(text).toContain("role: 'DITP'");
  expect(text).toContain('a token was refused');
  expect(text.match(/The credentials are not valid/g)?.length).toBeGreaterThanOrEqual(5);
  for (const secret of SECRETS) expect(text).not.toContain(secret);
});

test('nor when database and provider are away; nor a password', async () => {
  const away = 'postgres://hub:correct-horse-battery@127.0.0.1:9/hub';
  const text = await said(away, 'http://127.0.0.1:9');
  expect(text).toContain('keys and members cannot be read');
  expect(text).toContain('the keys of the identity provider cannot be read');
  for (const secret of [...SECRETS, 'correct-horse']) expect(text).not.toContain(secret);
});

test('a leak would be seen', () => {
  expect(SECRETS.length).toBeGreaterThan(20);
  expect(SECRETS.some((secret) => `refused: ${goodKey}`.includes(secret))).toBe(true);
  expect(SECRETS.some((secret) => `refused: ${wrongToken}`.includes(secret))).toBe(true);
});
