import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { VIEWER_ROLES, type ViewerRole } from '../viewer.ts';
import { agentOf, protectByNetwork } from './agent.ts';

const database = await testDatabase();
const owner = database.connect('administrations', 'owner');
const agents = database.connect('administrations', 'agent');

await sql`create table administrations.secret (network_id text, word text)`.execute(owner);
await sql`insert into administrations.secret values ('NET-a', 'a'), ('NET-b', 'b'), (null, 'none'), ('', 'empty')`.execute(
  owner,
);
await protectByNetwork(owner, 'administrations', 'secret', ['select', 'insert']);

const as = (role: ViewerRole, network: string | null) =>
  agentOf(agents, { role, subject: 'key:x', network, structure: null });
const seenBy = (role: ViewerRole, network: string | null) =>
  as(
    role,
    network,
  )(async (trx) => {
    const { rows } = await sql<{
      word: string;
    }>`select word from administrations.secret order by word`.execute(trx);
    return rows.map(({ word }) => word);
  });

const EXPECTED: Partial<Record<ViewerRole, string[]>> = {
  NETWORK_HQ: ['a'],
  DITP: ['a', 'b', 'empty', 'none'],
};

test.each(VIEWER_ROLES)('%s of a network sees what row-level security lets through', async (role) => {
  expect(await seenBy(role, 'NET-a')).toEqual(EXPECTED[role] ?? []);
});

const BOUND_TO_NOTHING = VIEWER_ROLES.filter((role) => role !== 'DITP');

test.each(BOUND_TO_NOTHING)('rows of no network are not for %s', async (role) => {
  expect(await seenBy(role, null)).not.toContain('none');
});

test('nobody writes into another network', async () => {
  const write = (role: ViewerRole) =>
    as(role, 'NET-a')((trx) => sql`insert into administrations.secret values ('NET-b', 'new')`.execute(trx));
  await expect(write('NETWORK_HQ')).rejects.toMatchObject({ code: '42501' });
  await expect(write('SUPER_AGENT')).rejects.toMatchObject({ code: '42501' });
});

test('roles that a table names see the rows of their network too', async () => {
  await sql`create table administrations.replies (network_id text)`.execute(owner);
  await sql`insert into administrations.replies values ('NET-a'), ('NET-b')`.execute(owner);
  await protectByNetwork(owner, 'administrations', 'replies', ['select'], {
    network: ['NETWORK_HQ', 'SUPER_AGENT'],
    everywhere: ['MODERATOR'],
  });
  const count = (role: ViewerRole) =>
    as(
      role,
      'NET-a',
    )(async (trx) => (await sql`select from administrations.replies`.execute(trx)).rows.length);
  expect(await Promise.all(VIEWER_ROLES.map(count))).toEqual([0, 0, 0, 1, 1, 2, 2]);
});

test('a local referent sees what stands below its structure, and nothing beside it', async () => {
  const uuid = '00000000-0000-4000-8000-000000000001';
  await sql`insert into directory.network (id, code, name, finest_level) values ('NET-a', 'a', 'A', 'SITE')`.execute(
    owner,
  );
  await sql`
    insert into directory.structure (id, code, name, network_id, parent_id, level, import_id) values
      ('STR-top', 'top', 'Top', 'NET-a', null, 'REGION', ${uuid}),
      ('STR-mid', 'mid', 'Mid', 'NET-a', 'STR-top', 'DEPARTEMENT', ${uuid}),
      ('STR-low', 'low', 'Low', 'NET-a', 'STR-mid', 'SITE', ${uuid})`.execute(owner);
  await sql`create table administrations.plans (network_id text, structure_id text, site_id text)`.execute(
    owner,
  );
  await sql`
    insert into administrations.plans values ('NET-a', 'STR-top', null), ('NET-a', 'STR-mid', null),
      ('NET-a', 'STR-low', null), ('NET-a', null, 'SITE-x'), ('NET-a', null, null)`.execute(owner);
  await protectByNetwork(owner, 'administrations', 'plans', ['select', 'insert'], { referent: true });
  const referent = agentOf(agents, {
    role: 'LOCAL_REFERENT',
    subject: 'key:x',
    network: 'NET-a',
    structure: 'STR-mid',
  });
  const seen = await referent((trx) =>
    sql<{ structure_id: string }>`select structure_id from administrations.plans`.execute(trx),
  );
  expect(seen.rows.map((row) => row.structure_id).sort()).toEqual(['STR-low', 'STR-mid']);
  await expect(
    referent((trx) => sql`insert into administrations.plans values ('NET-a', 'STR-top', null)`.execute(trx)),
  ).rejects.toMatchObject({ code: '42501' });
});
