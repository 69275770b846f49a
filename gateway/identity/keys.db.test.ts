import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { createKey } from '../../test/kit/keys.ts';
import { openIdentity } from './identity.ts';
import { revokeKey } from './key.query.ts';
import type { GatewayDatabase } from './tables.ts';

const database = await testDatabase();
const owner = database.connect<GatewayDatabase>('gateway', 'owner');
const identity = await openIdentity({ databaseUrl: database.url, oidc: null });
afterAll(() => identity.close());

const REFUSED = { code: 'UNAUTHENTICATED', message: 'The credentials are not valid, or are so no longer.' };
const idOf = (key: string) => key.split('_')[1] ?? '';

test('nobody without credentials is anybody', async () => {
  expect(await identity.identify(undefined)).toBeNull();
});

test.each([
  [{ role: 'PUBLIC' }, { network: null, structure: null }],
  [{ role: 'DITP' }, { network: null, structure: null }],
  [
    { role: 'NETWORK_HQ', network: 'NET-caf' },
    { network: 'NET-caf', structure: null },
  ],
  [
    { role: 'LOCAL_REFERENT', network: 'NET-caf', structure: 'STR-caf-62' },
    { network: 'NET-caf', structure: 'STR-caf-62' },
  ],
] as const)('a key of %j is recognised', async (wanted, bound) => {
  const key = await createKey(database.url, wanted);
  const id = `key:${idOf(key)}`;
  const caller = { viewer: { role: wanted.role, subject: id, ...bound }, id, dailyQuota: null };
  expect(await identity.identify(`Bearer ${key}`)).toEqual(caller);
});

test('a revoked key is refused within seconds, without a restart', async () => {
  const key = await createKey(database.url, { role: 'ANALYST' });
  expect(await identity.identify(`Bearer ${key}`)).not.toBeNull();
  expect(await revokeKey(owner, idOf(key))).toBe(true);
  expect(await revokeKey(owner, idOf(key))).toBe(false);
  await expect
    .poll(() => identity.identify(`Bearer ${key}`).catch((error: unknown) => error), { timeout: 3000 })
    .toMatchObject(REFUSED);
});
