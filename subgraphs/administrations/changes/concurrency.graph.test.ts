import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, expect, test, vi } from 'vitest';
import type { Feed } from '../../../kernel/import/feed.ts';
import { rollbackImport } from '../../../kernel/import/rollback.ts';
import { runImport } from '../../../kernel/import/run.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { type AskedPage, ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { contacts } from '../import/contacts.merge.ts';
import { procedures } from '../import/procedures.merge.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner', { max: 4 });
const story = country();
for (let position = 1; position <= 8; position += 1) {
  story.commitment(`COMMITMENT-E${position}`, { version: '2024', position });
}
await story.save(db);
const open = () => openAdministrations({ statementTimeoutMs: 20_000 }, database.url);
// As two processes of the hub would.
const [hub, otherHub] = [await open(), await open()];
afterAll(() => Promise.all([hub.close(), otherHub.close()]));

const SINCE = '1970-01-01T00:00:00Z';
type List = 'directory' | 'commitments';

/** The cursors of a list from one on, page by page, until there is no next page. */
async function read(list: List, from: string | null = null): Promise<string[]> {
  const seen: string[] = [];
  for (let after = from, more = true; more; ) {
    const { data, errors } = await ask<{ changes: Record<List, AskedPage> }>(
      otherHub,
      `query ($since: DateTime!, $after: String) { changes(since: $since) {
        ${list}(first: 3, after: $after) { edges { cursor } pageInfo { hasNextPage endCursor } } } }`,
      { since: SINCE, after },
    );
    expect(errors).toEqual([]);
    const { edges, pageInfo } = data.changes[list];
    seen.push(...edges.map(({ cursor }) => cursor));
    after = seen.at(-1) ?? after;
    more = pageInfo.hasNextPage;
  }
  return seen;
}

/** What a reader that always goes on from its last cursor gets while others write, and once more after. */
async function follow(list: List, writing: Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  const goOn = async () => seen.push(...(await read(list, seen.at(-1) ?? null)));
  let over = false;
  const ended = writing.finally(() => {
    over = true;
  });
  while (!over) await goOn();
  await ended;
  await goOn();
  return seen;
}

const load = (feed: Feed, ...lines: string[]) => {
  const stream = Readable.from([[...lines, ''].join('\n')]);
  return runImport(feed, { name: 'table.csv', stream }, { databaseUrl: database.url });
};
const undo = (feed: Feed, id: string | null) =>
  rollbackImport(new Map([[feed.name, feed]]), 'administrations', id ?? '', { databaseUrl: database.url });

test('a reader of the directory misses nothing of imports and their undoing, and gets nothing twice', async () => {
  const sites = ['1', '2', '3'].map(siteId);
  const writeContacts = async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const lines = sites.map((site) => `${site};Accès;Bus ${turn}`);
      const { importId } = await load(contacts, 'site;rubrique;valeur', ...lines);
      if (turn % 2 === 1) await undo(contacts, importId);
    }
  };
  const writeProcedures = async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { importId } = await load(procedures, 'id;nom', `PROC-a${turn};A`, `PROC-b${turn};B`);
      if (turn % 2 === 0) await undo(procedures, importId);
    }
  };
  const seen = await follow('directory', Promise.all([writeContacts(), writeProcedures()]));
  const all = await read('directory');
  expect(all.length).toBeGreaterThan(30);
  expect(seen).toEqual(all);
});

test('a reader of wordings misses nothing of networks that write at once', async () => {
  const writer = async (network: string, subgraph: typeof hub) => {
    const viewer: Viewer = { role: 'NETWORK_HQ', subject: `key:${network}`, network, structure: null };
    const writes = Array.from({ length: 8 }, (_, index) => ({ commitment: `COMMITMENT-E${index + 1}` }));
    await Promise.all(
      writes.map(async ({ commitment }) => {
        for (const version of [0, 1]) {
          const input = { idempotencyKey: randomUUID(), network, commitment, version, wording: `${version}` };
          const { errors } = await ask(
            subgraph,
            'mutation ($input: WordCommitmentInput!) { wordCommitment(input: $input) { userErrors { code } } }',
            { input },
            { viewer },
          );
          expect(errors).toEqual([]);
        }
      }),
    );
  };
  const writing = Promise.all([writer('NET-caf', hub), writer('NET-france-travail', otherHub)]);
  const seen = await follow('commitments', writing);
  expect(seen.length).toBe(32);
  expect(new Set(seen).size).toBe(32);
  expect(await read('commitments')).toEqual(seen);
});

test('of two writers the second gets its number when the first is seen', async () => {
  const before = await read('commitments');
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const touch = (trx: typeof db, commitment: string) =>
    sql`
    update administrations.network_commitment set wording = wording || '!'
    where network_id = 'NET-caf' and commitment_id = ${commitment}`.execute(trx);
  const first = db.transaction().execute(async (trx) => {
    await touch(trx, 'COMMITMENT-E1');
    begun.resolve();
    await finish.promise;
  });
  await begun.promise;
  const second = touch(db, 'COMMITMENT-E2');
  await vi.waitFor(
    async () => {
      const { rows } = await sql`
        select from pg_locks where locktype = 'advisory' and not granted and database =
          (select oid from pg_database where datname = current_database())`.execute(db);
      expect(rows.length).toBe(1);
    },
    { timeout: 10_000, interval: 10 },
  );
  expect(await read('commitments')).toEqual(before);
  finish.resolve();
  await Promise.all([first, second]);
  const { rows } = await sql<{ id: string }>`
    select commitment_id as id from administrations.wording_change order by number desc limit 2`.execute(db);
  expect(rows).toEqual([{ id: 'COMMITMENT-E2' }, { id: 'COMMITMENT-E1' }]);
});
