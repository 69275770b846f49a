import { afterAll, expect, test } from 'vitest';
import { connect } from '../../kernel/postgres/database.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { createKey } from '../../test/kit/keys.ts';
import { countStatements } from '../../test/kit/statements.ts';
import { relayTo } from './fixtures/relay.ts';
import { openIdentity } from './identity.ts';
import { listKeys } from './key.query.ts';
import type { GatewayDatabase } from './tables.ts';
import { KeyUse, type UseTimes } from './use.ts';

const database = await testDatabase();
const owner = database.connect<GatewayDatabase>('gateway', 'owner');
const NEVER = { quotaMs: 3_600_000, otherMs: 3_600_000 };
const NOON = new Date('2026-11-22T12:00:00Z');
const EXHAUSTED = { code: 'RATE_LIMITED' };

const keyId = async () => (await createKey(database.url, { role: 'PUBLIC' })).split('_')[1] ?? '';

/** A gateway's counts, at a time that the test says; nothing is written but when it closes. */
function counting(times: UseTimes = NEVER, clock = { now: NOON }, url = database.url) {
  const db = connect<GatewayDatabase>(url, 'gateway', 'agent', { max: 1 });
  const use = new KeyUse(db, times, () => clock.now);
  const close = async () => {
    await use.close();
    await db.destroy();
  };
  return { use, clock, close };
}

const rowsOf = (id: string) =>
  owner
    .selectFrom('gateway.daily_use')
    .select(['day', 'requests', 'last_used_at'])
    .where('key_id', '=', id)
    .orderBy('day')
    .execute();

test('a quota lets through as many requests as it says, all at once or not', async () => {
  const id = await keyId();
  const { use, close } = counting();
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => use.count(id, 10)));
  const remaining = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value?.remaining] : []));
  expect(remaining).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  await expect(use.count(id, 10)).rejects.toMatchObject({
    ...EXHAUSTED,
    message: 'The quota of 10 requests per day (UTC) is used up.',
    extensions: { code: 'RATE_LIMITED', limit: 10, remaining: 0, retryAfterSeconds: 43_200 },
  });
  await close();
  // What was refused is not counted.
  expect(await rowsOf(id)).toEqual([{ day: '2026-11-22', requests: '10', last_used_at: NOON }]);
});

test('a quota survives a restart, and starts again at midnight UTC', async () => {
  const id = await keyId();
  const before = counting();
  await before.use.count(id, 2);
  await before.close();
  const after = counting();
  expect(await after.use.count(id, 2)).toEqual({ limit: 2, remaining: 0, resetSeconds: 43_200 });
  await expect(after.use.count(id, 2)).rejects.toMatchObject(EXHAUSTED);
  after.clock.now = new Date('2026-11-22T23:59:59.900Z');
  await expect(after.use.count(id, 2)).rejects.toMatchObject({ extensions: { retryAfterSeconds: 1 } });
  after.clock.now = new Date('2026-11-23T00:00:00Z');
  expect(await after.use.count(id, 2)).toEqual({ limit: 2, remaining: 1, resetSeconds: 86_400 });
  await after.close();
  expect((await rowsOf(id)).map(({ day, requests }) => [day, requests])).toEqual([
    ['2026-11-22', '2'],
    ['2026-11-23', '1'],
  ]);
});

test('gateways learn of what the others counted', async () => {
  const id = await keyId();
  const [one, two] = [counting({ quotaMs: 20, otherMs: 20 }), counting({ quotaMs: 20, otherMs: 20 })];
  await one.use.count(id, 1000);
  for (let at = 0; at < 5; at += 1) await two.use.count(id, 1000);
  await expect
    .poll(async () => (await rowsOf(id)).map(({ requests }) => requests), { timeout: 5000 })
    .toEqual(['6']);
  // Its own next batch brings the total back.
  await expect
    .poll(
      async () => {
        const quota = await one.use.count(id, 1000);
        const mine = 1000 - Number((await rowsOf(id))[0]?.requests);
        return quota !== null && quota.remaining <= mine && quota.remaining < 995;
      },
      { timeout: 5000 },
    )
    .toBe(true);
  await Promise.all([one.close(), two.close()]);
});

test('gateways that write at once lose nothing', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, keyId));
  const gateways = Array.from({ length: 4 }, () => counting({ quotaMs: 2, otherMs: 2 }));
  for (let round = 0; round < 30; round += 1) {
    const order = round % 2 === 0 ? ids : ids.toReversed();
    await Promise.all(gateways.flatMap(({ use }) => order.map((id) => use.count(id, null))));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(gateways.map(({ close }) => close()));
  const totals = await Promise.all(ids.map(async (id) => (await rowsOf(id))[0]?.requests));
  expect(totals).toEqual(ids.map(() => '120'));
});

test('without a quota nothing is read, and all is written in one statement', async () => {
  const ids = await Promise.all([keyId(), keyId()]);
  const { use, close } = counting();
  const { statements } = await countStatements(async () => {
    for (const id of [...ids, ...ids, ...ids]) expect(await use.count(id, null)).toBeNull();
    await close();
  });
  expect(statements).toHaveLength(1);
  expect((await rowsOf(ids[0] ?? ''))[0]?.requests).toBe('3');
});

test('the use of a key without a quota is written once, then left alone for its pause', async () => {
  const id = await keyId();
  const { use, close } = counting({ quotaMs: 5, otherMs: 3_600_000 });
  await use.count(id, null);
  await expect.poll(async () => (await rowsOf(id))[0]?.requests, { timeout: 5000 }).toBe('1');
  await use.count(id, null);
  const { statements } = await countStatements(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(statements).toEqual([]);
  await close();
  expect((await rowsOf(id))[0]?.requests).toBe('2');
});

test('while the database is away requests are counted, and written once it is back', async () => {
  const id = await keyId();
  const relay = await relayTo(database.url);
  await relay.cut();
  const { use, close } = counting({ quotaMs: 10, otherMs: 10 }, { now: NOON }, relay.url);
  expect(await use.count(id, 3)).toMatchObject({ remaining: 2 });
  expect(await use.count(id, 3)).toMatchObject({ remaining: 1 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await rowsOf(id)).toEqual([]);
  await relay.mend();
  await expect.poll(async () => (await rowsOf(id))[0]?.requests, { timeout: 5000 }).toBe('2');
  expect(await use.count(id, 3)).toMatchObject({ remaining: 0 });
  await expect(use.count(id, 3)).rejects.toMatchObject(EXHAUSTED);
  await close();
});

test('what is on its way to the database counts too', async () => {
  const id = await keyId();
  const relay = await relayTo(database.url);
  const { use, close } = counting({ quotaMs: 10, otherMs: 10 }, { now: NOON }, relay.url);
  await use.count(id, 3);
  await expect.poll(async () => (await rowsOf(id))[0]?.requests, { timeout: 5000 }).toBe('1');
  relay.freeze();
  expect(await use.count(id, 3)).toMatchObject({ remaining: 1 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await use.count(id, 3)).toMatchObject({ remaining: 0 });
  await expect(use.count(id, 3)).rejects.toMatchObject(EXHAUSTED);
  await relay.cut();
  await close();
});

test('an identity counts its callers, and tells when each key was last used', async () => {
  const key = await createKey(database.url, { role: 'PUBLIC', quota: 5 });
  const identity = await openIdentity({ databaseUrl: database.url, oidc: null });
  afterAll(() => identity.close());
  const caller = await identity.identify(`Bearer ${key}`);
  if (!caller) throw new Error('the key is not known');
  const began = Date.now();
  expect(await identity.count(caller)).toMatchObject({ limit: 5, remaining: 4 });
  await expect
    .poll(async () => (await listKeys(owner)).find(({ id }) => caller.id === `key:${id}`), { timeout: 4000 })
    .toMatchObject({ requestsToday: 1, dailyQuota: 5 });
  const listed = (await listKeys(owner)).find(({ id }) => caller.id === `key:${id}`);
  expect(listed?.lastUsedAt?.getTime()).toBeGreaterThanOrEqual(began);
});
