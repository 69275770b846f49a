import { connect as connectTo } from 'node:net';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { inProcess } from '../../cli/in-process.ts';
import { exportRoutes } from '../../kernel/export/routes.ts';
import { ROWS, toySet } from '../../kernel/export/toy/set.ts';
import { listenSubgraph } from '../../kernel/graphql/server.ts';
import { SECRET } from '../../kernel/graphql/toy/signed.ts';
import { toySubgraph } from '../../kernel/graphql/toy/subgraph.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { Identity } from '../identity/identity.ts';
import { startGateway } from '../server.ts';

const { url: databaseUrl } = await testDatabase();
const host = '127.0.0.1';
const place = { databaseUrl, subgraph: 'administrations' };

/** A set of some rows 20 000 times, whose last text is worked out when it is written, not before rows are put in order. */
const setOf = (name: string, odd: ReturnType<typeof sql>) => ({
  ...toySet(
    sql`cross join generate_series(1, 20000) as n`,
    ROWS.slice(0, 6),
    sql`case when clock_timestamp() is null then 'never' when r.id = 'ROW-005' and n = 20000 then ${odd} else r.words end`,
  ),
  name,
});
const sets = [setOf('sites', sql`(1 / (n - 20000))::text`), setOf('structures', sql`pg_sleep(3600)::text`)];
const administrations = {
  ...toySubgraph('administrations').subgraph,
  routes: [exportRoutes(place, sets)],
};
const behind = await listenSubgraph(administrations, { host, port: 0, secrets: [SECRET] });
const { supergraphSdl = '' } = composeServices([
  { name: 'administrations', typeDefs: parse(administrations.sdl), url: `${behind.url}/graphql` },
]);

/** A key is the name of its caller. */
const identity: Identity = {
  identify: async (authorization) => {
    const id = authorization?.replace(/^Bearer /, '');
    const viewer: Viewer = { role: 'ANALYST', subject: `key:${id}`, network: null, structure: null };
    return id === undefined ? null : { viewer, id: `key:${id}`, dailyQuota: null };
  },
  count: async () => null,
  close: async () => undefined,
};
const gateways = await Promise.all(
  [{ inProcess: inProcess([administrations]) }, {}].map((options) =>
    startGateway({ supergraph: supergraphSdl, host, port: 0, identity, secret: SECRET, ...options }),
  ),
);
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await behind.close();
});
const modes = ['together', 'apart'].map((mode, index) => [mode, gateways[index]?.url ?? ''] as const);

const get = (
  url: string,
  path: string,
  caller = 'one',
  { headers = {}, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
) => fetch(`${url}/export/${path}`, { ...init, headers: { authorization: `Bearer ${caller}`, ...headers } });

/** As the login user, who sees the statements of its sessions. */
const observer = new pg.Client({ connectionString: databaseUrl });
await observer.connect();
afterAll(() => observer.end());
/** What exports of this database's that are under way wait for. */
const waiting = async (): Promise<(string | null)[]> => {
  const { rows } = await observer.query<{ waits: string | null }>(
    `select wait_event as waits from pg_stat_activity
      where datname = current_database() and query ilike 'copy %' and state = 'active'`,
  );
  return rows.map(({ waits }) => waits);
};
const patience = { timeout: 20_000 };
beforeEach(async () => {
  await expect.poll(waiting, patience).toEqual([]);
});

test.each(modes)('%s: a file that fails after its first bytes never looks complete', async (_mode, url) => {
  for (const encoding of ['identity', 'gzip']) {
    for (const format of ['csv', 'ndjson', 'parquet']) {
      const headers = { 'accept-encoding': encoding };
      const response = await get(url, `sites.${format}`, 'one', { headers });
      expect(response.status).toBe(200);
      const read = response.arrayBuffer().then(({ byteLength }) => byteLength);
      await expect(read, `${format} ${encoding}`).rejects.toThrow();
    }
  }
  const whole = await get(url, 'sites.csv?network=ROW-000');
  expect((await whole.text()).split('\n').length).toBe(20_002);
});

test.each(modes)('%s: the statement stops with its client, and the place is free', async (_mode, url) => {
  const controller = new AbortController();
  const response = await get(url, 'structures.csv', 'one', { signal: controller.signal });
  const reading = response.text();
  await expect.poll(waiting, patience).toEqual(['PgSleep']);
  expect((await get(url, 'sites.csv?network=ROW-000')).status).toBe(429);
  controller.abort();
  await expect(reading).rejects.toThrow();
  await expect.poll(waiting, patience).toEqual([]);
  expect((await get(url, 'sites.csv?network=ROW-000')).status).toBe(200);
});

test('a few at once in all, whoever asks', async () => {
  const [, url = ''] = modes[0] ?? [];
  const controller = new AbortController();
  const { signal } = controller;
  for (const caller of ['a', 'b', 'c', 'd'])
    expect((await get(url, 'structures.csv', caller, { signal })).status).toBe(200);
  const refused = await get(url, 'sites.csv?network=ROW-000', 'e');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '10']);
  expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'SOURCE_UNAVAILABLE' } }] });
  controller.abort();
});

test('a reader that does not read holds the database back', async () => {
  const [, url = ''] = modes[0] ?? [];
  const { port } = new URL(url);
  const socket = connectTo(Number(port), host);
  socket.on('error', () => undefined).pause();
  socket.write('GET /export/sites.ndjson HTTP/1.1\r\nhost: hub\r\nauthorization: Bearer slow\r\n\r\n');
  await expect.poll(waiting, patience).toEqual(['ClientWrite']);
  socket.destroy();
});
