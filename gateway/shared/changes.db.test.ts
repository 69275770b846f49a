import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { hubMigrations, migrateAll } from '../../kernel/postgres/migrate.ts';
import { publishedTables } from '../../kernel/postgres/published.ts';
import { testDatabase } from '../../test/kit/database.ts';
import type { GatewayDatabase } from '../identity/tables.ts';
import { changesSince, enlist, forgetChanges, leave } from './freshness.query.ts';

const database = await testDatabase();
const gateway = database.connect<GatewayDatabase>('gateway', 'agent');
const indicators = database.connect<unknown>('indicators', 'owner', { max: 4 });
const login = new pg.Client({ connectionString: database.url });
await login.connect();
afterAll(() => login.end());

const SCHEMAS = [...hubMigrations().map(({ name }) => name), 'directory'];
const DOMAINS = ['indicators', 'testimonies', 'directory'];
const look = (seen: string | null) => changesSince(gateway, seen, DOMAINS);
const now = async () => (await look(null)).snapshot;

/** A statement that touches public rows of indicators, and changes none. */
const touch = (db: Kysely<unknown>) => sql`update indicators.target set value = value`.execute(db);

/** A transaction that stays open until it is told how to end. */
async function open(work: (db: Kysely<unknown>) => Promise<unknown>) {
  const { promise, resolve } = Promise.withResolvers<'commit' | 'rollback'>();
  const began = Promise.withResolvers<void>();
  const done = indicators
    .transaction()
    .execute(async (trx) => {
      await work(trx);
      began.resolve();
      if ((await promise) === 'rollback') throw new Error('rolled back');
    })
    .catch((error: Error) => began.reject(error));
  await began.promise;
  return async (end: 'commit' | 'rollback') => {
    resolve(end);
    await done.catch(() => undefined);
  };
}

test('every table that the public reads tells what changes', async () => {
  const tables = await publishedTables(login, SCHEMAS);
  expect(tables.filter(({ watched }) => !watched)).toEqual([]);
  const names = tables.map(({ schema, name }) => `${schema}.${name}`);
  // Below views, of columns only, of a register that is declared, and of the shared directory.
  expect(names).toEqual(
    expect.arrayContaining([
      'testimonies.testimony',
      'indicators.import',
      'improvement.good_practice',
      'directory.site',
    ]),
  );
  // What nobody reads without a role tells nothing: working on drafts drops no answer.
  expect(names).not.toContain('indicators.result_draft');
  expect(names).not.toContain('testimonies.audit');
});

test('a table that is granted without a trigger is seen, and gets one', async () => {
  await login.query(`
    create table indicators.planted (id integer);
    alter table indicators.planted owner to indicators_owner;
    create view indicators.planted_seen as select id from indicators.planted;
    alter view indicators.planted_seen owner to indicators_owner;
    grant select on indicators.planted_seen to indicators_public`);
  const planted = async () =>
    (await publishedTables(login, SCHEMAS)).filter(({ name }) => name === 'planted');
  expect(await planted()).toEqual([
    { schema: 'indicators', name: 'planted', owner: 'indicators_owner', watched: false },
  ]);
  await migrateAll(database.url);
  expect(await planted()).toMatchObject([{ watched: true }]);
  const before = await now();
  await sql`insert into indicators.planted values (1)`.execute(indicators);
  expect((await look(before)).changed).toEqual(['indicators']);
  await login.query('drop table indicators.planted cascade');
});

test('no function reads for the public what it may not read itself, but words that never change', async () => {
  const { rows } = await login.query<{ name: string }>(
    `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where p.prosecdef and p.prorettype <> 'trigger'::regtype and n.nspname = any($1::text[])
        and exists (select from unnest($2::text[]) role where to_regrole(role) is not null
                     and has_schema_privilege(role, n.oid, 'usage') and has_function_privilege(role, p.oid, 'execute'))`,
    [SCHEMAS, SCHEMAS.map((schema) => `${schema}_public`)],
  );
  expect(rows.map(({ name }) => name).filter((name) => !name.startsWith('gateway.'))).toEqual([
    'testimonies.words_told(text)',
  ]);
});

test('a change is told once, of its schema, when it is committed', async () => {
  const before = await now();
  await touch(indicators);
  const after = await look(before);
  expect(after).toMatchObject({ changed: ['indicators'], busy: [], forgotten: false });
  expect((await look(after.snapshot)).changed).toEqual([]);
  const { rows } = await login.query('select count(*)::int as rows from gateway.change');
  await indicators.transaction().execute(async (trx) => {
    await touch(trx);
    await touch(trx);
  });
  expect((await login.query('select count(*)::int as rows from gateway.change')).rows[0].rows).toBe(
    rows[0].rows + 1,
  );
});

test('a long import and a command beside it do not wait for each other; each is told when it ends', async () => {
  const before = await now();
  const long = await open(touch);
  const during = await look(before);
  expect(during).toMatchObject({ changed: [], busy: ['indicators'] });
  await touch(indicators);
  const beside = await look(during.snapshot);
  expect(beside).toMatchObject({ changed: ['indicators'], busy: ['indicators'] });
  await long('commit');
  // Its number is older than that of the command, which was seen before.
  expect(await look(beside.snapshot)).toMatchObject({ changed: ['indicators'], busy: [] });
});

test('what is undone changes nothing, savepoints too', async () => {
  const before = await now();
  await (await open(touch))('rollback');
  const kept = await open(async (trx) => {
    await sql`savepoint s`.execute(trx);
    await touch(trx);
    await sql`rollback to savepoint s`.execute(trx);
  });
  expect((await look(before)).busy).toEqual([]);
  await kept('commit');
  expect(await look(before)).toMatchObject({ changed: [], busy: [] });
  const again = await open(async (trx) => {
    await sql`savepoint s`.execute(trx);
    await touch(trx);
    await sql`rollback to savepoint s`.execute(trx);
    await touch(trx);
  });
  expect((await look(before)).busy).toEqual(['indicators']);
  await again('commit');
  expect((await look(before)).changed).toEqual(['indicators']);
});

test('who commits waits for the gateways that are enlisted, with its lock seen and its rows not', async () => {
  const id = '7b0f1d4e-52a6-4a5e-9b4b-0d5a1c7f2e11';
  await enlist(gateway, { id, trustsMs: 1000, leaseMs: 60_000 });
  const before = await now();
  const done = touch(indicators);
  const sleeping = async () => {
    const { rows } = await login.query(
      `select from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`,
    );
    return rows.length > 0;
  };
  while (!(await sleeping())) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await look(before)).toMatchObject({ changed: [], busy: ['indicators'] });
  await done;
  expect(await look(before)).toMatchObject({ changed: ['indicators'], busy: [] });
  await leave(gateway, id);
  expect((await login.query('select from gateway.reader')).rows).toEqual([]);
});

test('who looked last before what was forgotten is told so', async () => {
  const old = await now();
  await touch(indicators);
  const [, end = ''] = (await now()).split(':');
  // As after all that runs now, in other databases of the server too, has ended.
  const recent = `${end}:${end}:`;
  await forgetChanges(gateway, recent);
  expect(await look(old)).toMatchObject({ forgotten: true });
  expect(await look(recent)).toMatchObject({ forgotten: false, changed: [] });
  expect((await login.query('select from gateway.change')).rows).toEqual([]);
});

test('writing what nobody may see tells nothing', async () => {
  const before = await now();
  await sql`delete from indicators.result_draft`.execute(indicators);
  expect((await look(before)).changed).toEqual([]);
});
