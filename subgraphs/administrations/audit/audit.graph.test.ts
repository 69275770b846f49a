import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { agentOf } from '../../../kernel/postgres/agent.ts';
import { ANONYMOUS, type Viewer } from '../../../kernel/viewer.ts';
import { auditOf } from '../../../kernel/write/audit.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { type AskedPage, ask } from '../fixtures/ask.ts';
import { country } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const owner = database.connect<AdministrationsDatabase>('administrations', 'owner');
await country().save(owner);
const caf: Viewer = { role: 'NETWORK_HQ', subject: 'key:caf', network: 'NET-caf', structure: null };
const other: Viewer = { ...caf, subject: 'key:ft', network: 'NET-france-travail' };
const ditp: Viewer = { role: 'DITP', subject: 'person:1', network: null, structure: null };
for (let version = 1; version <= 5; version += 1) {
  const [before, after] = [{ version: version - 1 }, { version, rate: '78.50' }];
  const written = { action: 'TRIED', objectId: `COMMITMENT-E${version}`, before, after };
  await auditOf(owner, { viewer: caf, requestId: `R-${version}`, open: false })({
    ...written,
    networkId: 'NET-caf',
    reason: 'a try',
  });
}
const foreign = { action: 'TRIED', objectId: 'SECRET', before: null, after: null };
await auditOf(owner, { viewer: other, requestId: undefined, open: false })({
  ...foreign,
  networkId: 'NET-france-travail',
});
await auditOf(owner, { viewer: ditp, requestId: undefined, open: false })({
  ...foreign,
  networkId: null,
  objectId: 'CORE',
});
const subgraph = await openAdministrations({ statementTimeoutMs: 5000 }, database.url);
afterAll(() => subgraph.close());

interface Entry {
  object: string;
}
const trail = (network: string, viewer: Viewer, args = '') =>
  ask<{ auditTrail: { commitments: AskedPage<Entry> | null } | null }>(
    subgraph,
    `query ($network: ID!) { auditTrail(network: $network) { networkId commitments${args} {
      totalCount nodes { actor role action object before after reason requestId }
      pageInfo { endCursor hasNextPage } } } }`,
    { network },
    { viewer },
  );

describe('the trail of a network', () => {
  test('is read by its headquarters and by DITP, latest first', async () => {
    const { data, errors } = await trail('NET-caf', caf);
    expect(errors).toEqual([]);
    expect(data.auditTrail?.commitments).toMatchObject({
      totalCount: 5,
      nodes: [5, 4, 3, 2, 1].map((version) => ({
        actor: 'key:caf',
        role: 'NETWORK_HQ',
        action: 'TRIED',
        object: `COMMITMENT-E${version}`,
        before: `{"version": ${version - 1}}`,
        reason: 'a try',
        requestId: `R-${version}`,
      })),
    });
    expect(await trail('NET-caf', ditp)).toEqual({ data, errors });
  });

  test('comes in pages', async () => {
    const seen: string[] = [];
    for (let args = '(first: 2)'; args !== ''; ) {
      const { data } = await trail('NET-caf', caf, args);
      const page = data.auditTrail?.commitments;
      seen.push(...(page?.nodes.map(({ object }) => object) ?? []));
      args = page?.pageInfo.hasNextPage ? `(first: 2, after: "${page.pageInfo.endCursor}")` : '';
    }
    expect(seen).toEqual([5, 4, 3, 2, 1].map((version) => `COMMITMENT-E${version}`));
  });

  test('is null for another network, as for an unknown one', async () => {
    const unknown = await trail('NET-nowhere', caf);
    expect(unknown).toEqual({ data: { auditTrail: null }, errors: [] });
    expect(await trail('NET-france-travail', caf)).toEqual(unknown);
    expect(await trail('COMMITMENT-E1', caf)).toEqual(unknown);
    expect(await trail('NET-nowhere', ditp)).toEqual(unknown);
  });

  test.each([
    ['anybody', ANONYMOUS, 'UNAUTHENTICATED'],
    ['an analyst', { ...ditp, role: 'ANALYST' as const }, 'FORBIDDEN'],
    ['a super agent of it', { ...caf, role: 'SUPER_AGENT' as const }, 'FORBIDDEN'],
  ])('is not for %s, asked as an entity neither', async (_who, viewer, code) => {
    expect((await trail('NET-caf', viewer)).errors).toMatchObject([{ code, path: 'auditTrail' }]);
    const { data, errors } = await reference('NET-caf', viewer);
    if (viewer === ANONYMOUS) expect(data).toEqual({ _entities: [null] });
    else {
      expect(data).toEqual({ _entities: [{ commitments: null }] });
      expect(errors).toMatchObject([{ code }]);
    }
  });

  test('asked as an entity, it is null where it is not reached', async () => {
    expect((await reference('NET-caf', caf)).data).toMatchObject({
      _entities: [{ commitments: { totalCount: 5 } }],
    });
    expect((await reference('NET-france-travail', caf)).data).toEqual({ _entities: [null] });
  });

  test.each([
    ['a moment that does not exist', ['2026-99-99T00:00:00Z', '00000000-0000-4000-8000-000000000000']],
    ['a year that no calendar has', ['0000-01-01T00:00:00Z', '00000000-0000-4000-8000-000000000000']],
    ['an id that is none', ['2026-01-01T00:00:00.000Z', "'; drop table audit"]],
    ['nothing', []],
  ])('a forged cursor with %s is refused', async (_case, key) => {
    const after = encodeCursor(JSON.stringify(['audit', 'commitments', 'NET-caf']), key);
    const { errors } = await trail('NET-caf', caf, `(after: "${after}")`);
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

describe('the database', () => {
  const agents = database.connect<AdministrationsDatabase>('administrations', 'agent');
  const seenBy = (viewer: Viewer, statement: string) =>
    agentOf(
      agents,
      viewer,
    )(async (trx) => {
      const { rows } = await sql.raw<{ seen: string }>(statement).execute(trx);
      return rows.map(({ seen }) => seen);
    });

  test.each([
    'select distinct network_id as seen from audit',
    "select network_id as seen from audit where network_id = 'NET-france-travail' or true group by 1",
    'select max(network_id) as seen from audit',
    "select coalesce(a.network_id, 'NET-caf') as seen from audit a full join audit b on false limit 1",
    "select distinct network_id as seen from (select * from audit where object_id <> 'x') every",
  ])('gives an agent the rows of its network only: %s', async (statement) => {
    expect(await seenBy(caf, statement)).toEqual(['NET-caf']);
  });

  test('gives nothing without a viewer, nor to one without a network; all to DITP', async () => {
    const all = 'select object_id as seen from audit order by at';
    const bare = await sql`select * from audit`.execute(agents);
    expect(bare.rows).toEqual([]);
    expect(await seenBy({ ...caf, network: null }, all)).toEqual([]);
    expect(await seenBy({ ...caf, role: 'ANALYST', network: null }, all)).toEqual([]);
    expect((await seenBy(ditp, all)).slice(-2)).toEqual(['SECRET', 'CORE']);
  });

  test('a transaction that has ended leaves its viewer to nobody', async () => {
    expect(await seenBy(ditp, 'select object_id as seen from audit')).toHaveLength(7);
    expect((await sql`select * from audit`.execute(agents)).rows).toEqual([]);
  });

  test.each([
    ['agent', "insert into audit (subject, role, action, object_id) values ('x', 'DITP', 'x', 'x')"],
    ['agent', "update audit set reason = 'x'"],
    ['agent', 'delete from audit'],
    ['agent', 'select * from idempotency'],
    ['public', 'select * from audit'],
    ['public', "insert into audit (subject, role, action, object_id) values ('x', 'DITP', 'x', 'x')"],
    ['public', 'delete from audit'],
    ['public', 'select * from idempotency'],
    ['public', 'select before from import_before'],
    ['public', "update network_commitment set wording = 'x'"],
  ] as const)('gives the role %s no right to: %s', async (role, statement) => {
    const db = role === 'agent' ? agents : database.connect<AdministrationsDatabase>('administrations', role);
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(/permission denied/);
  });
});

function reference(networkId: string, viewer: Viewer) {
  return ask(
    subgraph,
    `query ($r: [_Any]!) { _entities(representations: $r) { ... on AuditTrail { commitments { totalCount } } } }`,
    { r: [{ __typename: 'AuditTrail', networkId }] },
    { viewer },
  );
}
