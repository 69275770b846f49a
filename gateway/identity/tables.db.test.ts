import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { VIEWER_ROLES } from '../../kernel/viewer.ts';
import { type Columns, columnsOf } from '../../test/kit/columns.ts';
import { testDatabase } from '../../test/kit/database.ts';
import { misfit } from './grant.ts';
import type { GatewayDatabase } from './tables.ts';

const tables: Columns<GatewayDatabase> = {
  'gateway.api_key': {
    id: 'text',
    secret_sha256: 'bytes',
    role: 'text',
    network_id: 'text null',
    structure_id: 'text null',
    label: 'text',
    daily_quota: 'number null',
    created_at: 'instant',
    expires_at: 'instant null',
    revoked_at: 'instant null',
  },
  'gateway.member': {
    issuer: 'text',
    subject: 'text',
    role: 'text',
    network_id: 'text null',
    structure_id: 'text null',
    label: 'text',
    granted_at: 'instant',
    revoked_at: 'instant null',
  },
  'gateway.daily_use': { key_id: 'text', day: 'text', requests: 'text', last_used_at: 'instant' },
  'gateway.revision': { only_row: 'boolean', number: 'text' },
  'gateway.change': { xid: 'text', domain: 'text' },
  'gateway.change_forgotten': { only_row: 'boolean', before: 'text' },
  'gateway.reader': { id: 'text', trusts_ms: 'number', until: 'instant' },
};

const database = await testDatabase();
const owner = database.connect<GatewayDatabase>('gateway', 'owner');
const agent = database.connect<GatewayDatabase>('gateway', 'agent');

test('the tables have the columns that the code reads', async () => {
  expect(await columnsOf(owner, 'gateway', tables)).toEqual(tables);
});

const CASES = VIEWER_ROLES.flatMap((role) =>
  [null, 'NET-caf'].flatMap((network) =>
    [null, 'STR-caf'].map((structure) => ({ role, network, structure })),
  ),
);

test.each(CASES)(
  'what $role may be bound to is told alike by the code and by the table: %j',
  async (grant) => {
    const { rows } = await sql<{ fits: boolean }>`
    select gateway.fits(${grant.role}, ${grant.network}, ${grant.structure}) as fits`.execute(owner);
    // The network of a structure is looked up before the grant is kept.
    const incomplete = grant.role === 'LOCAL_REFERENT' && grant.network === null;
    expect(rows[0]?.fits).toBe(misfit(grant) === null && !incomplete);
  },
);

test.each([
  'select * from gateway.api_key for update',
  `update gateway.api_key set role = 'DITP'`,
  `insert into gateway.member (issuer, subject, role, label) values ('x', 'x', 'DITP', 'x')`,
  `update gateway.member set role = 'DITP'`,
  'delete from gateway.api_key',
  'delete from gateway.daily_use',
  'update gateway.revision set number = 0',
  'select * from administrations.pivot',
  'create table gateway.mine ()',
])('the gateway may not: %s', async (text) => {
  await expect(sql.raw(text).execute(agent)).rejects.toMatchObject({ code: '42501' });
});

test.each(['api_key', 'member', 'daily_use', 'revision'])(
  'the public role does not see %s',
  async (table) => {
    const db = database.connect<GatewayDatabase>('gateway', 'public');
    await expect(sql`select from gateway.${sql.id(table)}`.execute(db)).rejects.toMatchObject({
      code: '42501',
    });
  },
);

test('the other roles of the hub do not see keys', async () => {
  for (const role of ['public', 'agent', 'owner'] as const) {
    const db = database.connect('administrations', role, { max: 1 });
    await expect(sql`select from gateway.api_key`.execute(db)).rejects.toMatchObject({ code: '42501' });
  }
});
