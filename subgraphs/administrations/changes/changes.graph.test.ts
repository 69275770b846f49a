import { afterAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { type AskedPage, ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { journal } from '../fixtures/journal.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');
await country()
  .commitment('COMMITMENT-E1', { version: '2024', position: 1 })
  .commitment('COMMITMENT-E2', { version: '2024', position: 2 })
  .structure('STR-1', { network_id: 'NET-caf' })
  .procedure('PROC-rsa', { name: 'Demande de RSA', network_id: 'NET-caf' })
  .save(db);
await db
  .updateTable('directory.site')
  .set({ valid_to: '2026-01-01' })
  .where('id', '=', siteId('2'))
  .execute();
await journal(db, [
  { at: '2025-01-01T00:00:00Z', touched: { site: { [siteId('1')]: null, [siteId('2')]: null } } },
  {
    at: '2025-02-01T00:00:00Z',
    touched: { site_detail: { [siteId('1')]: {} }, structure: { 'STR-1': null } },
  },
  { at: '2025-03-01T00:00:00Z', touched: { site: { [siteId('2')]: {} }, typology: { 'TYP-1': null } } },
  {
    at: '2025-04-01T00:00:00Z',
    touched: {
      structure_site: { [`STR-1|${siteId('1')}`]: null },
      competence: { [`COM-62080|NET-caf|${siteId('1')}`]: null },
      announced_delay: { 'PROC-gone|FR|POST|2025-01-01': null, 'PROC-rsa|FR|POST|2025-01-01': null },
      territory: { 'COM-62080': {} },
      commitment_display: { 'NET-caf|COMMITMENT-E1|WEB|': null },
    },
  },
  { at: '2025-05-01T00:00:00Z', undoes: 1 },
]);
const subgraph = await openAdministrations({ statementTimeoutMs: 5000 }, database.url);
afterAll(() => subgraph.close());

interface Change {
  entity: string;
  id: string;
  kind: string;
}
type Answer = { changes: { since: string; directory: AskedPage<Change> } | null };
const changes = (since: string, args = '') =>
  ask<Answer>(
    subgraph,
    `query ($since: DateTime!) { changes(since: $since) { since directory${args} {
      totalCount nodes { entity id kind at object { id } } edges { cursor } pageInfo { endCursor hasNextPage } } } }`,
    { since },
  );
const list = async (since: string, args = '') => {
  const { data, errors } = await changes(since, args);
  expect(errors).toEqual([]);
  return data.changes?.directory.nodes.map(({ entity, id, kind }) => [entity, id, kind]);
};
const ONE = siteId('1');
const TWO = siteId('2');

describe('the directory', () => {
  test('tells what was created, changed or closed, in the order of publication; what is closed has no object', async () => {
    const { data } = await changes('1970-01-01T00:00:00Z', '(first: 100)');
    expect(data.changes?.directory.totalCount).toBe(13);
    expect(data.changes?.directory.nodes.slice(0, 2)).toEqual([
      { entity: 'SITE', id: ONE, kind: 'CREATED', at: '2025-01-01T00:00:00.000Z', object: { id: ONE } },
      { entity: 'SITE', id: TWO, kind: 'CLOSED', at: '2025-01-01T00:00:00.000Z', object: null },
    ]);
    expect(await list('1970-01-01T00:00:00Z', '(first: 100)')).toEqual([
      ['SITE', ONE, 'CREATED'],
      ['SITE', TWO, 'CLOSED'],
      ['SITE_DETAIL', ONE, 'CHANGED'],
      ['STRUCTURE', 'STR-1', 'CREATED'],
      ['SITE', TWO, 'CLOSED'],
      ['ANNOUNCED_DELAY', 'PROC-gone', 'CLOSED'],
      ['ANNOUNCED_DELAY', 'PROC-rsa', 'CHANGED'],
      ['COMMITMENT_DISPLAY', 'NET-caf', 'CHANGED'],
      ['COMPETENCE', ONE, 'CHANGED'],
      ['STRUCTURE_SITE', 'STR-1', 'CHANGED'],
      ['TERRITORY', 'COM-62080', 'CHANGED'],
      // The import that was undone told of these.
      ['SITE_DETAIL', ONE, 'CHANGED'],
      ['STRUCTURE', 'STR-1', 'CHANGED'],
    ]);
  });

  test('since a moment, a minute earlier so that nothing is missed', async () => {
    expect((await list('2025-03-15T00:00:00Z'))?.length).toBe(8);
    expect((await list('2025-05-01T00:00:59Z'))?.length).toBe(2);
    expect(await list('2025-05-01T00:01:01Z')).toEqual([]);
  });

  test('of some entities', async () => {
    expect(await list('2025-01-01T00:00:00Z', '(entities: [STRUCTURE, TERRITORY])')).toEqual([
      ['STRUCTURE', 'STR-1', 'CREATED'],
      ['TERRITORY', 'COM-62080', 'CHANGED'],
      ['STRUCTURE', 'STR-1', 'CHANGED'],
    ]);
    expect(await list('2025-01-01T00:00:00Z', '(entities: [])')).toEqual([]);
  });

  test.each([1, 2, 3, 5])(
    'in pages of %i, each row once, whatever moment the next page asks',
    async (size) => {
      const seen: unknown[] = [];
      let after = '';
      for (let more = true, turn = 0; more; turn += 1) {
        const since = turn === 0 ? '1970-01-01T00:00:00Z' : new Date().toISOString();
        const { data } = await changes(since, `(first: ${size}${after})`);
        seen.push(...(data.changes?.directory.nodes.map(({ entity, id, kind }) => [entity, id, kind]) ?? []));
        more = data.changes?.directory.pageInfo.hasNextPage === true;
        after = `, after: "${data.changes?.directory.pageInfo.endCursor}"`;
      }
      expect(seen).toEqual(await list('1970-01-01T00:00:00Z', '(first: 100)'));
    },
  );

  test.each([
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['of another era', '0001-01-01T00:00:00Z'],
    ['to come', new Date(Date.now() + 3_600_000).toISOString()],
    ['beyond calendars', '9999-12-31T23:59:59Z'],
  ])('a moment %s is refused', async (_case, since) => {
    const { data, errors } = await changes(since);
    expect(data).toEqual({ changes: null });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: 'changes' }]);
  });

  test.each([
    ['a number that is none', ['x', 'site', 'y']],
    ['a number too long', ['9'.repeat(19), 'site', 'y']],
    ['a part missing', ['1', 'site']],
    ['a NUL byte', ['1', 'si\u0000te', 'y']],
  ])('a forged cursor with %s is refused', async (_case, key) => {
    const after = encodeCursor(JSON.stringify(['changes.directory', ['SITE']]), key);
    const { errors } = await changes('2025-01-01T00:00:00Z', `(entities: [SITE], after: "${after}")`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });

  test('a cursor of another filter is refused', async () => {
    const { data } = await changes('2025-01-01T00:00:00Z');
    const cursor = data.changes?.directory.edges[0]?.cursor;
    const { errors } = await changes('2025-01-01T00:00:00Z', `(entities: [SITE], after: "${cursor}")`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });

  test('a reference of the gateway is held to the same rule', async () => {
    const fields = '... on Changes { since directory(first: 1) { nodes { id } } }';
    const entity = (since: unknown) =>
      ask(subgraph, `query ($r: [_Any]!) { _entities(representations: $r) { ${fields} } }`, {
        r: [{ __typename: 'Changes', since }],
      });
    const { data } = await entity('2025-02-15T00:00:00Z');
    expect(data).toEqual({
      _entities: [{ since: '2025-02-15T00:00:00.000Z', directory: { nodes: [{ id: TWO }] } }],
    });
    expect((await entity("'; select")).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
    expect((await entity(12)).errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

test('wordings: each change in its order, with the words of today, or none', async () => {
  const wording = { network_id: 'NET-caf', wording: 'Un', import_id: null };
  const table = 'administrations.network_commitment';
  await db
    .insertInto(table)
    .values({ ...wording, commitment_id: 'COMMITMENT-E1' })
    .execute();
  await db
    .insertInto(table)
    .values({ ...wording, commitment_id: 'COMMITMENT-E2' })
    .execute();
  await db.updateTable(table).set({ wording: 'Deux' }).where('commitment_id', '=', 'COMMITMENT-E1').execute();
  await db.deleteFrom(table).where('commitment_id', '=', 'COMMITMENT-E2').execute();
  const { data } = await ask<{ changes: { commitments: AskedPage<Record<string, unknown>> } }>(
    subgraph,
    `query ($since: DateTime!) { changes(since: $since) { commitments { totalCount
      nodes { network { id } commitment { id } kind version wording { wording version } } } } }`,
    { since: '2025-01-01T00:00:00Z' },
  );
  const of = (commitment: string, kind: string, version: number, now: object | null) => ({
    ...{ network: { id: 'NET-caf' }, commitment: { id: commitment }, kind, version, wording: now },
  });
  const deux = { wording: 'Deux', version: 2 };
  expect(data.changes.commitments).toEqual({
    totalCount: 4,
    nodes: [
      of('COMMITMENT-E1', 'CREATED', 1, deux),
      of('COMMITMENT-E2', 'CREATED', 1, null),
      of('COMMITMENT-E1', 'CHANGED', 2, deux),
      of('COMMITMENT-E2', 'CLOSED', 1, null),
    ],
  });
});
