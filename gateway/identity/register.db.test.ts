import { afterAll, expect, test } from 'vitest';
import { connect } from '../../kernel/postgres/database.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { createKey } from '../../test/kit/keys.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { relayTo } from './fixtures/relay.ts';
import { openIdentity } from './identity.ts';
import { formatKey, newKeyId, newSecret } from './key.ts';
import { Register, type RegisterTimes } from './register.ts';
import type { GatewayDatabase } from './tables.ts';

const database = await testDatabase();
const key = await createKey(database.url, { role: 'DITP' });
const id = key.split('_')[1] ?? '';
const AWAY = { code: 'SOURCE_UNAVAILABLE', message: 'Credentials cannot be checked at the moment.' };

/** A register behind a way to the database that can be cut. */
async function opened(times: Partial<RegisterTimes>) {
  const relay = await relayTo(database.url);
  const db = connect<GatewayDatabase>(relay.url, 'gateway', 'agent', { max: 1 });
  afterAll(() => db.destroy());
  return { relay, register: new Register(db, times) };
}

test('what did not change is not read again', async () => {
  const { register } = await opened({ freshMs: 0 });
  await register.key(id);
  const { statements } = await countStatements(() => register.key(id));
  expect(statements).toEqual([expect.stringContaining('"gateway"."revision"')]);
});

test('within the second nothing is read at all, however many ask', async () => {
  const { register } = await opened({ freshMs: 60_000 });
  const ask = () => Promise.all(Array.from({ length: 500 }, () => register.key(id)));
  const first = await countStatements(ask);
  expect(first.statements).toHaveLength(3);
  expect((await countStatements(ask)).statements).toEqual([]);
});

test('known keys go on while the database is away, for as long as said', async () => {
  const { relay, register } = await opened({ freshMs: 0, staleMs: 60_000, waitMs: 500 });
  expect(await register.key(id)).toMatchObject({ role: 'DITP' });
  await relay.cut();
  expect(await register.key(id)).toMatchObject({ role: 'DITP' });
  expect(await register.key(newKeyId())).toBeUndefined();
  await relay.mend();
  const made = await createKey(database.url, { role: 'ANALYST' });
  await expect
    .poll(() => register.key(made.split('_')[1] ?? ''), { timeout: 5000 })
    .toMatchObject({ role: 'ANALYST' });
});

test('after that nobody is recognised, until it is back', async () => {
  const { relay, register } = await opened({ freshMs: 0, staleMs: 300, waitMs: 500 });
  expect(await register.key(id)).toBeDefined();
  await relay.cut();
  await expect
    .poll(() => register.key(id).catch((error: unknown) => error), { timeout: 5000 })
    .toMatchObject(AWAY);
  await relay.mend();
  await expect
    .poll(() => register.key(id).catch((error: unknown) => error), { timeout: 5000 })
    .toMatchObject({ role: 'DITP' });
});

test('a database that says nothing at all holds no request up for long', async () => {
  const { relay, register } = await opened({ freshMs: 0, staleMs: 60_000, waitMs: 200, giveUpMs: 300 });
  expect(await register.key(id)).toBeDefined();
  relay.freeze();
  expect(await register.key(id)).toMatchObject({ role: 'DITP' });
  // Once it was given up nobody waits for it any more, and newcomers are refused on what is known.
  await expect.poll(() => register.key(newKeyId()), { timeout: 5000 }).toBeUndefined();
  await register.renew();
});

test('a hub that starts while the database is away lets nobody in but anybody, and recovers', async () => {
  const relay = await relayTo(database.url);
  await relay.cut();
  const identity = await openIdentity({ databaseUrl: relay.url, oidc: null });
  afterAll(() => identity.close());
  expect(await identity.identify(undefined)).toBeNull();
  await expect(identity.identify(`Bearer ${key}`)).rejects.toMatchObject(AWAY);
  const invented = formatKey({ id: newKeyId(), secret: newSecret() });
  await expect(identity.identify(`Bearer ${invented}`)).rejects.toMatchObject(AWAY);
  // What cannot be a key needs no database to be refused.
  await expect(identity.identify('Bearer hub_x')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  await relay.mend();
  await expect
    .poll(() => identity.identify(`Bearer ${key}`).catch(() => null), { timeout: 5000 })
    .toMatchObject({ viewer: { role: 'DITP' } });
});
