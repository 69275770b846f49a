import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { createKey } from '../../test/kit/keys.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { openIdentity } from './identity.ts';
import { listKeys, revokeKey } from './key.query.ts';
import { formatKey, newKeyId, newSecret } from './key.ts';
import type { GatewayDatabase } from './tables.ts';

const database = await testDatabase();
const owner = database.connect<GatewayDatabase>('gateway', 'owner');
const identity = await openIdentity({ databaseUrl: database.url, oidc: null });
afterAll(() => identity.close());

const REFUSED = { code: 'UNAUTHENTICATED', message: 'The credentials are not valid, or are so no longer.' };
const idOf = (key: string) => key.split('_')[1] ?? '';
const identify = (key: string) => identity.identify(`Bearer ${key}`);

test('nobody without credentials is anybody', async () => {
  expect(await identity.identify(undefined)).toBeNull();
});

test.each([
  [{ role: 'PUBLIC' }, { network: null, structure: null }],
  [{ role: 'ANALYST' }, { network: null, structure: null }],
  [{ role: 'MODERATOR' }, { network: null, structure: null }],
  [{ role: 'DITP' }, { network: null, structure: null }],
  [
    { role: 'NETWORK_HQ', network: 'NET-caf' },
    { network: 'NET-caf', structure: null },
  ],
  [
    { role: 'SUPER_AGENT', network: 'NET-caf' },
    { network: 'NET-caf', structure: null },
  ],
  [
    { role: 'LOCAL_REFERENT', network: 'NET-caf', structure: 'STR-caf-62' },
    { network: 'NET-caf', structure: 'STR-caf-62' },
  ],
] as const)('a key of %j is recognised as soon as it is made', async (wanted, bound) => {
  const key = await createKey(database.url, wanted);
  const id = `key:${idOf(key)}`;
  const caller = { viewer: { role: wanted.role, subject: id, ...bound }, id, dailyQuota: null };
  expect(await identify(key)).toEqual(caller);
});

test('the quota of a key is told', async () => {
  expect(await identify(await createKey(database.url, { role: 'PUBLIC', quota: 7 }))).toMatchObject({
    dailyQuota: 7,
  });
});

const good = await createKey(database.url, { role: 'DITP' });
const other = await createKey(database.url, { role: 'PUBLIC' });
const expired = await createKey(database.url, { role: 'DITP', expiresAt: new Date(Date.now() - 1000) });
const revoked = await createKey(database.url, { role: 'DITP' });
await revokeKey(owner, idOf(revoked));

test.each([
  ['an unknown key', `Bearer ${formatKey({ id: newKeyId(), secret: newSecret() })}`],
  ['a wrong secret', `Bearer ${formatKey({ id: idOf(good), secret: newSecret() })}`],
  ['the secret of another key', `Bearer hub_${idOf(good)}_${other.slice(17)}`],
  ['the last character changed', `Bearer ${good.slice(0, -1)}${good.endsWith('A') ? 'E' : 'A'}`],
  ['an expired key', `Bearer ${expired}`],
  ['a revoked key', `Bearer ${revoked}`],
  ['half a key', `Bearer ${good.slice(0, 30)}`],
  ['two keys', `Bearer ${good} ${good}`],
  ['two keys with a comma', `Bearer ${good},Bearer ${good}`],
  ['a key without its scheme', good],
  ['another scheme', `Basic ${Buffer.from(`x:${good}`).toString('base64')}`],
  ['a scheme alone', 'Bearer'],
  ['nothing', ''],
  ['SQL', `Bearer hub_abcdefghijkl_' or 1=1 --`],
  ['a token, where none is accepted', 'Bearer e30.e30.e30'],
  ['a megabyte', `Bearer hub_${'a'.repeat(1_000_000)}`],
])('%s is refused like any other', async (_case, header) => {
  const error = await identity.identify(header).catch((reason: unknown) => reason);
  expect(error).toMatchObject(REFUSED);
  expect(error).toHaveProperty('extensions', { code: 'UNAUTHENTICATED' });
  expect(JSON.stringify(error)).not.toContain(good.slice(20, 30));
});

test('the scheme may be written in any case', async () => {
  expect(await identity.identify(`bearer ${good}`)).toMatchObject({ viewer: { role: 'DITP' } });
  expect(await identity.identify(`BEARER  ${good} `)).toMatchObject({ viewer: { role: 'DITP' } });
});

test('a key that works is refused within seconds of its revocation, without a restart', async () => {
  const key = await createKey(database.url, { role: 'ANALYST' });
  expect(await identify(key)).not.toBeNull();
  expect(await revokeKey(owner, idOf(key))).toBe(true);
  expect(await revokeKey(owner, idOf(key))).toBe(false);
  await expect
    .poll(() => identify(key).catch((error: unknown) => error), { timeout: 3000 })
    .toMatchObject(REFUSED);
});

test('a key revoked while nobody asks is refused at the first request', async () => {
  const key = await createKey(database.url, { role: 'ANALYST' });
  expect(await identify(key)).not.toBeNull();
  await revokeKey(owner, idOf(key));
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await expect(identify(key)).rejects.toMatchObject(REFUSED);
});

test('a flood of invented keys costs the database a handful of small reads', async () => {
  const flood = () =>
    Promise.all(
      Array.from({ length: 2000 }, () =>
        identify(formatKey({ id: newKeyId(), secret: newSecret() })).catch((error: unknown) => error),
      ),
    );
  const { result, statements } = await countStatements(async () => [...(await flood()), ...(await flood())]);
  expect(result).toHaveLength(4000);
  for (const error of result) expect(error).toMatchObject(REFUSED);
  expect(statements.length).toBeLessThan(20);
});

test('the table holds no secret, and its list neither secret nor hash', async () => {
  const secret = good.slice(17);
  const { rows } = await sql<{ row: string }>`select k::text as row from gateway.api_key k`.execute(owner);
  expect(rows.length).toBeGreaterThan(5);
  const kept = rows.map(({ row }) => row).join('\n');
  expect(kept).toContain(idOf(good));
  for (const form of [
    secret,
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret, 'base64url').toString('hex'),
  ])
    expect(kept).not.toContain(form);
  const listed = await listKeys(owner);
  expect(listed.find(({ id }) => id === idOf(good))).toMatchObject({ role: 'DITP', state: 'ACTIVE' });
  expect(listed.find(({ id }) => id === idOf(expired))?.state).toBe('EXPIRED');
  expect(listed.find(({ id }) => id === idOf(revoked))?.state).toBe('REVOKED');
  expect(JSON.stringify(listed)).not.toMatch(/sha256|secret/i);
});

test('without a database no key is good', async () => {
  const alone = await openIdentity({ databaseUrl: null, oidc: null });
  expect(await alone.identify(undefined)).toBeNull();
  await expect(alone.identify(`Bearer ${good}`)).rejects.toMatchObject(REFUSED);
  await alone.close();
});
