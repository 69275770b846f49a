import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { connect } from './database.ts';
import { preparedBy } from './prepared.ts';

interface Tables {
  thing: { id: number; name: string };
}

const database = await testDatabase();
const owner = database.connect<Tables>('indicators', 'owner');
const reader = database.connect<Tables>('indicators', 'public', { max: 1 });
await sql`create table thing (id int primary key, name text not null)`.execute(owner);
await sql`insert into thing values (1, 'one'), (2, 'two')`.execute(owner);
await sql`grant select on thing to indicators_public`.execute(owner);

const name = (db: Kysely<Tables>, id: number) =>
  db.selectFrom('thing').select('name').where('id', '=', id).executeTakeFirst();

const prepared = async (db: Kysely<Tables>) =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows.map(
    ({ statement }) => statement,
  );

/** As the login user, who sees what its sessions do whatever role they act as. */
async function asLogin(text: string): Promise<unknown[]> {
  const login = new pg.Client({ connectionString: database.url });
  await login.connect();
  const { rows }: { rows: unknown[] } = await login.query(text);
  await login.end();
  return rows;
}

const sleeping = `select count(*) as n from pg_stat_activity
  where query like 'select pg_sleep(30) where%' and state = 'active'`;

test('a connection acts as its role, in its schema, in UTC, under a name', async () => {
  const { rows } = await sql`select current_user as role, session_user as login, current_schema() as schema,
    current_setting('timezone') as zone, current_setting('application_name') as name`.execute(reader);
  expect(rows).toEqual([
    {
      role: 'indicators_public',
      login: new URL(database.url).username,
      schema: 'indicators',
      zone: 'UTC',
      name: 'hub indicators public',
    },
  ]);
});

test('the URL cannot choose another role', async () => {
  const db = connect(`${database.url}?options=-c%20role%3Dindicators_owner`, 'indicators', 'public');
  const { rows } = await sql`select current_user as role`.execute(db);
  await db.destroy();
  expect(rows).toEqual([{ role: 'indicators_public' }]);
});

test('dates, decimals and big integers come back as they are written', async () => {
  const { rows } = await sql`select date '2024-03-31' as day, numeric '55.10' as rate,
    int8 '9007199254740993' as big, array[date '2024-01-01'] as days, array[0.10, 2.50] as rates,
    array[int8 '9007199254740993'] as bigs, timestamp '2024-03-31 02:30' as local,
    timestamptz '2024-03-31T00:30:00Z' as instant`.execute(reader);
  expect(rows).toEqual([
    {
      day: '2024-03-31',
      rate: '55.10',
      big: '9007199254740993',
      days: ['2024-01-01'],
      rates: ['0.10', '2.50'],
      bigs: ['9007199254740993'],
      local: '2024-03-31 02:30:00',
      instant: new Date('2024-03-31T00:30:00Z'),
    },
  ]);
});

test('a statement with parameters is prepared once, one without is not', async () => {
  await name(reader, 1);
  await name(reader, 2);
  await sql`select 42`.execute(reader);
  const statements = await prepared(reader);
  expect(statements.filter((text) => text.includes('"thing"'))).toHaveLength(1);
  expect(statements).not.toContain('select 42');
});

test('a connection full of statements goes on unnamed, then is replaced', async () => {
  const db = database.connect<Tables>('indicators', 'owner', { max: 1 });
  const backend = async (on: Kysely<Tables>) =>
    (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(on)).rows[0]?.pid;
  const before = await db.connection().execute(async (connection) => {
    for (let n = 0; n < 402; n += 1) await sql`select ${n}::int, ${sql.lit(n)}`.execute(connection);
    const held = await sql<{ n: string }>`select count(*) as n from pg_prepared_statements`.execute(
      connection,
    );
    expect(held.rows).toEqual([{ n: '400' }]);
    return backend(connection);
  });
  expect(await backend(db)).not.toBe(before);
});

test('a table changed under a prepared statement: retried outside a transaction, refused inside', async () => {
  const read = (db: Kysely<Tables>) => sql`select * from thing where id = ${1}`.execute(db);
  await read(reader);
  await sql`alter table thing add column colour text`.execute(owner);
  expect((await read(reader)).rows).toEqual([{ id: 1, name: 'one', colour: null }]);

  await sql`alter table thing add column size int`.execute(owner);
  await expect(reader.transaction().execute(read)).rejects.toThrow('cached plan must not change result type');
  expect((await read(reader)).rows).toEqual([{ id: 1, name: 'one', colour: null, size: null }]);
});

test('a statement that runs too long is cancelled', async () => {
  const db = database.connect('indicators', 'public', { statementTimeoutMs: 50 });
  await expect(sql`select pg_sleep(30)`.execute(db)).rejects.toMatchObject({ code: '57014' });
});

test('an aborted query is cancelled in the server', async () => {
  const db = database.connect<Tables>('indicators', 'public', { max: 1 });
  const deadline = new AbortController();
  const slow = sql`select pg_sleep(30) where ${1}::int = 1`.execute(db, {
    signal: deadline.signal,
    inflightQueryAbortStrategy: 'cancel query',
  });
  await expect.poll(() => asLogin(sleeping)).toEqual([{ n: '1' }]);
  deadline.abort();
  await expect(slow).rejects.toThrow();
  await expect.poll(() => asLogin(sleeping)).toEqual([{ n: '0' }]);
});

test('a broken idle connection is replaced without a word', async () => {
  const db = database.connect<Tables>('indicators', 'public', { max: 1 });
  await name(db, 1);
  await asLogin(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'hub indicators public' and datname = current_database()`);
  await expect.poll(() => name(db, 2).catch(() => undefined)).toEqual({ name: 'two' });
});

test('a statement that is written once answers each execution for its own values', async () => {
  const forms: string[] = [];
  interface Values {
    ids: readonly number[];
    name: string | null;
  }
  const find = preparedBy<{ named: boolean }, Values, { id: number }>(({ named }, { ids, name: called }) => {
    forms.push(String(named));
    return sql`select id from thing where id = any(${ids}::int[]) and id <> ${3}
      ${named ? sql`and name = ${called}` : sql``} order by id`;
  });
  const found = async (db: Kysely<Tables>, named: boolean, values: Values) =>
    (await find({ named })(db, values)).map(({ id }) => id);
  expect(await found(reader, false, { ids: [1, 2, 3], name: null })).toEqual([1, 2]);
  expect(await found(reader, false, { ids: [2], name: 'one' })).toEqual([2]);
  expect(await found(reader, true, { ids: [1, 2], name: 'one' })).toEqual([1]);
  expect(await found(reader, true, { ids: [1, 2], name: null })).toEqual([]);
  await owner.transaction().execute(async (trx) => {
    await sql`insert into thing values (4, 'four')`.execute(trx);
    expect(await found(trx, true, { ids: [4], name: 'four' })).toEqual([4]);
    await sql`delete from thing where id = 4`.execute(trx);
  });
  expect(forms).toEqual(['false', 'true']);
});
