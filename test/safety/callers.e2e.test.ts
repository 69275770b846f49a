import { describe, expect, test } from 'vitest';
import { revokeKey } from '../../gateway/identity/key.query.ts';
import type { GatewayDatabase } from '../../gateway/identity/tables.ts';
import { HUB_MODES, startHub } from '../kit/hub.ts';
import { createKey } from '../kit/keys.ts';
import { as, errorsOf, operation, refusalOf, request, type Sent } from './kit/http.ts';
import { workOf } from './kit/work.ts';
import { openSafetyWorld } from './kit/world.ts';

/** How much each caller may ask, and what credentials are worth. */
const { database, hubs, keys } = await openSafetyWorld();
const NETWORKS = operation('{ networks { id } }');
/** What only a role knows of. */
const IMPORTS = operation('{ imports { totalCount } }');

describe.each(HUB_MODES)('%s', (mode) => {
  test('rates: of an address and of each key, told in headers, then 429 with Retry-After', async () => {
    const { url } = await startHub(database.url, { mode, gateway: { rates: { address: 3, caller: 5 } } });
    const remaining = async (key: string | undefined) => {
      const got = await request(url, as(key, NETWORKS));
      return [got.status, got.headers.get('ratelimit-limit'), got.headers.get('ratelimit-remaining')];
    };
    expect(await remaining(undefined)).toEqual([200, '3', '2']);
    expect(await remaining(undefined)).toEqual([200, '3', '1']);
    expect(await remaining(undefined)).toEqual([200, '3', '0']);
    const { result, statements, behind } = await workOf(url, () => request(url, NETWORKS));
    expect(refusalOf(result)).toEqual({ status: 429, codes: ['RATE_LIMITED'], wrong: [] });
    expect(Number(result.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(result.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
    expect({ statements, behind }).toEqual({ statements: [], behind: [] });
    // Each key has its own, whatever the address has used.
    for (const key of [keys.ANALYST, keys.DITP]) expect(await remaining(key)).toEqual([200, '5', '4']);
    // A forged address is none.
    const forged = await request(url, { ...NETWORKS, headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(forged.status).toBe(429);
    // Trusted documents count too.
    expect((await request(url, { method: 'GET', path: '/q' })).status).toBe(429);
  });

  test('rates: credentials that do not hold are counted for their address', async () => {
    const { url } = await startHub(database.url, { mode, gateway: { rates: { address: 2, caller: 5 } } });
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1)
      statuses.push((await request(url, as(`hub_abcdefghjkmn_${'B'.repeat(43)}`, NETWORKS))).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  test('cost: a budget of a minute, then 429 with Retry-After, and nothing ran', async () => {
    const costs = { public: 200, internal: 400, perMinute: 400 };
    const { url } = await startHub(database.url, { mode, gateway: { costs } });
    const page = operation('{ sites(first: 100) { nodes { id } } }');
    const first = await request(url, page);
    expect(first.status).toBe(200);
    expect(Number(first.headers.get('x-cost-remaining'))).toBeLessThan(400);
    let last = first;
    for (let turn = 0; turn < 6 && last.status === 200; turn += 1) last = await request(url, page);
    expect(refusalOf(last)).toEqual({ status: 429, codes: ['RATE_LIMITED'], wrong: [] });
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    const { statements, behind } = await workOf(url, () => request(url, page));
    expect({ statements, behind }).toEqual({ statements: [], behind: [] });
  });

  test('quota: of a key, per day, told in headers', async () => {
    const { url } = hubs[mode];
    const key = await createKey(database.url, { role: 'PUBLIC', quota: 2 });
    const seen = async () => {
      const got = await request(url, as(key, NETWORKS));
      return [got.status, got.headers.get('x-quota-remaining')];
    };
    expect(await seen()).toEqual([200, '1']);
    expect(await seen()).toEqual([200, '0']);
    const over = await request(url, as(key, NETWORKS));
    expect(refusalOf(over)).toEqual({ status: 429, codes: ['RATE_LIMITED'], wrong: [] });
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('keys: revoked within seconds, expired at once, and both answered as a key that nobody made', async () => {
    const { url } = hubs[mode];
    const key = await createKey(database.url, { role: 'ANALYST' });
    expect((await request(url, as(key, IMPORTS))).status).toBe(200);
    const db = database.connect<GatewayDatabase>('gateway', 'owner');
    await revokeKey(db, key.split('_')[1] ?? '');
    await expect
      .poll(async () => (await request(url, as(key, IMPORTS))).status, { timeout: 5000, interval: 100 })
      .toBe(401);
    const expired = await createKey(database.url, {
      role: 'ANALYST',
      expiresAt: new Date(Date.now() - 1000),
    });
    const texts = new Set<string>();
    for (const one of [key, expired, `${key.slice(0, -1)}x`, `hub_abcdefghjkmn_${'C'.repeat(43)}`]) {
      const got = await request(url, as(one, IMPORTS));
      expect(refusalOf(got)).toEqual({ status: 401, codes: ['UNAUTHENTICATED'], wrong: [] });
      expect(got.headers.get('www-authenticate')).toBe('Bearer');
      texts.add(got.text.replaceAll(/"requestId":"[^"]*"/g, ''));
    }
    expect(texts.size).toBe(1);
  });

  test('keys: never in a URL, a cookie, a body or another header: whoever tries is anybody', async () => {
    const { url } = hubs[mode];
    const key = keys.DITP;
    const query = encodeURIComponent('{ imports { totalCount } }');
    const tries: Sent[] = [
      {
        method: 'GET',
        path: `/graphql?query=${query}&access_token=${key}`,
        headers: { 'apollo-require-preflight': '1' },
      },
      { ...IMPORTS, path: `/graphql?access_token=${key}` },
      { ...IMPORTS, path: `/graphql?key=${key}&api_key=${key}` },
      {
        ...IMPORTS,
        headers: { 'x-api-key': key, cookie: `token=${key}`, 'proxy-authorization': `Bearer ${key}` },
      },
      { body: JSON.stringify({ query: '{ imports { totalCount } }', extensions: { authorization: key } }) },
    ];
    for (const sent of tries) {
      const got = await request(url, sent);
      expect(got.status, sent.path).toBe(400);
      expect(errorsOf(got).map(({ extensions }) => extensions.code)).not.toContain('FORBIDDEN');
      expect(got.text).not.toContain(key);
      expect(got.text).not.toContain('totalCount');
    }
  });
});

test('keys are hashed at rest: nothing of the secret is in the register', async () => {
  const db = database.connect<GatewayDatabase>('gateway', 'owner');
  const rows = JSON.stringify(await db.selectFrom('gateway.api_key').selectAll().execute());
  // The secret itself may hold underscores.
  const [, id, secret] = /^[^_]+_([^_]+)_(.{20,})$/.exec(keys.DITP) ?? [];
  expect(rows).toContain(id);
  expect(secret).toEqual(expect.any(String));
  expect(rows).not.toContain(secret);
});
