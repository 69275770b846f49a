import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { viewerLike } from '../../../test/kit/roles.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { seedModerated } from '../fixtures/moderated.ts';
import { ANONYMOUS, DITP, MODERATOR, writersWorld } from '../fixtures/writers.ts';

const { database, plain, ask } = await writersWorld();
const agent = database.connect<unknown>('testimonies', 'agent');

beforeAll(() => seedModerated(plain));

const QUEUE = `query ($filter: ModerationQueueFilter, $first: Int, $after: String) {
  moderationQueue(filter: $filter, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id state version possibleSteps title hints { code field excerpt } procedureLabels
      concerns { network { id } structure { id } site { id } label channels } } } }`;
const queue = async (variables: object = {}, who = MODERATOR) => {
  const { data, errors } = await ask(who, QUEUE, { ...variables });
  return errors ? errors[0].extensions.code : data.moderationQueue;
};
const ids = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

test('holds what waits, the oldest first, with what a moderator needs', async () => {
  const page = await queue();
  expect(page.totalCount).toBe(2);
  expect(ids(page)).toEqual(['TEM-2', 'TEM-1']);
  expect(page.nodes[1]).toEqual({
    id: 'TEM-1',
    state: 'SUBMITTED',
    version: 1,
    possibleSteps: ['MASK', 'PUBLISH', 'REJECT'],
    title: 'Merci à Mme Petit',
    hints: [
      { code: 'NAMED_PERSON', field: 'TITLE', excerpt: 'Mme Petit' },
      { code: 'PHONE', field: 'BODY', excerpt: '06 98 76 54 32' },
    ],
    procedureLabels: ['aide au logement'],
    concerns: [
      {
        network: { id: 'NET-caf' },
        structure: { id: 'STR-caf-62' },
        site: { id: 'SITE-caf-62' },
        label: null,
        channels: [],
      },
    ],
  });
});

test('is read page by page, and filtered', async () => {
  const first = await queue({ first: 1 });
  expect([ids(first), first.pageInfo.hasNextPage]).toEqual([['TEM-2'], true]);
  expect(ids(await queue({ first: 1, after: first.pageInfo.endCursor }))).toEqual(['TEM-1']);
  expect(ids(await queue({ filter: { network: 'NET-caf' } }))).toEqual(['TEM-1']);
  expect(ids(await queue({ filter: { state: 'REJECTED' } }))).toEqual(['TEM-3']);
  expect(await queue({ filter: { state: 'REJECTED' }, after: first.pageInfo.endCursor })).toBe(
    'BAD_USER_INPUT',
  );
});

test('is for the moderation and the central steering only', async () => {
  expect(ids(await queue({}, DITP))).toEqual(['TEM-2', 'TEM-1']);
  expect(await queue({}, ANONYMOUS)).toBe('UNAUTHENTICATED');
  for (const role of ['PUBLIC', 'ANALYST', 'LOCAL_REFERENT', 'SUPER_AGENT', 'NETWORK_HQ'] as const) {
    expect([role, await queue({}, viewerLike(role))]).toEqual([role, 'FORBIDDEN']);
  }
});

test('costs the same number of statements, however long its page', async () => {
  for (const first of [1, 2]) {
    const { statements } = await countStatements(() => queue({ first }));
    // The page, its length, the structures and the procedures, each after who asks.
    expect([first, statements.length]).toEqual([first, 8]);
  }
});

test('row-level security holds without the guard of the fields', async () => {
  const seen = async (role: string, network = '') => {
    return agent.transaction().execute(async (trx) => {
      await sql`select set_config('hub.role', ${role}, true), set_config('hub.network', ${network}, true)`.execute(
        trx,
      );
      const { rows } = await sql<{ count: number }>`
        select (select count(*) from testimonies.testimony)::int
             + (select count(*) from testimonies.testimony_procedure)::int as count`.execute(trx);
      return rows[0]?.count;
    });
  };
  expect(await seen('MODERATOR')).toBe(5);
  expect(await seen('DITP')).toBe(5);
  expect(await seen('NETWORK_HQ', 'NET-caf')).toBe(0);
  expect(await seen('PUBLIC')).toBe(0);
});
