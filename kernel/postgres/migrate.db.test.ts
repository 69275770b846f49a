import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../test/kit/database.ts';
import { type MigrationSource, migrateAll, migrateDown } from './migrate.ts';

const root = mkdtempSync(join(tmpdir(), 'hub-migrations-'));
afterAll(() => rmSync(root, { recursive: true }));

/** A folder of migrations; each is the SQL of its way up and down. */
function source(name: string, migrations: Record<string, [up: string, down: string]>): MigrationSource {
  const folder = mkdtempSync(join(root, `${name}-`));
  for (const [file, [up, down]] of Object.entries(migrations)) {
    const body = (text: string) =>
      `(db: any) => db.executeQuery({ sql: \`${text}\`, parameters: [], query: { kind: 'RawNode' } })`;
    writeFileSync(
      join(folder, `${file}.ts`),
      `export const up = ${body(up)};\nexport const down = ${body(down)};\n`,
    );
  }
  return { name, folder };
}

const administrations = source('administrations', {
  '0001-territory': [
    'create table directory.territory (id text primary key)',
    'drop table directory.territory',
  ],
  '0002-site': ['create table site (id text primary key)', 'drop table site'],
});
const indicators = source('indicators', {
  '0001-figure': ['create table figure (id int primary key)', 'drop table figure'],
});
const sources = [administrations, indicators];

async function tables(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select schemaname || '.' || tablename || ' ' || tableowner as name from pg_tables
      where schemaname in ('administrations', 'directory', 'indicators') and tablename !~ '^kysely'
      order by 1`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

const ALL = [
  'administrations.site administrations_owner',
  'directory.territory administrations_owner',
  'indicators.figure indicators_owner',
];

test('migrations run once, as the owner of their schema, and can be taken back', async () => {
  const { url } = await testDatabase({ template: 'empty' });
  const log: string[] = [];
  await migrateAll(url, (message) => log.push(message), sources);
  expect(await tables(url)).toEqual(ALL);
  expect(log).toEqual([
    'applied administrations/0001-territory',
    'applied administrations/0002-site',
    'applied indicators/0001-figure',
  ]);

  await migrateAll(url, (message) => log.push(message), sources);
  expect(log).toHaveLength(3);

  expect(await migrateDown(url, administrations)).toBe(true);
  expect(await tables(url)).toEqual(ALL.slice(1));
  expect(await migrateDown(url, administrations)).toBe(true);
  expect(await migrateDown(url, administrations)).toBe(false);
  await migrateAll(url, undefined, sources);
  expect(await tables(url)).toEqual(ALL);
});

test('processes and databases that migrate at once do not disturb each other', async () => {
  const urls = await Promise.all([1, 2, 3].map(async () => (await testDatabase({ template: 'empty' })).url));
  await Promise.all([...urls, ...urls].map((url) => migrateAll(url, undefined, sources)));
  for (const url of urls) expect(await tables(url)).toEqual(ALL);
});

test('a failing migration is named, and its subgraph stays as it was', async () => {
  const { url } = await testDatabase({ template: 'empty' });
  const broken = source('indicators', {
    '0001-figure': ['create table figure (id int primary key)', 'drop table figure'],
    '0002-oops': ['create tabel oops ()', 'select 1'],
  });
  await expect(migrateAll(url, undefined, [administrations, broken])).rejects.toThrow(
    /^Migration indicators\/0002-oops failed: syntax error/,
  );
  expect(await tables(url)).toEqual(ALL.slice(0, 2));
});

test('a misnamed or half-written migration is refused', async () => {
  const { url } = await testDatabase({ template: 'empty' });
  const misnamed = source('indicators', { 'first-one': ['select 1', 'select 1'] });
  await expect(migrateAll(url, undefined, [misnamed])).rejects.toThrow('first-one.ts: a migration is named');
  const half = source('indicators', {});
  writeFileSync(join(half.folder, '0001-half.ts'), 'export const up = () => undefined;');
  await expect(migrateAll(url, undefined, [half])).rejects.toThrow('0001-half.ts: a migration exports up()');
});

test('everyone reads the directory, nobody writes in a schema of others', async () => {
  const database = await testDatabase({ template: 'empty' });
  await migrateAll(database.url, undefined, sources);
  for (const role of ['owner', 'public', 'agent'] as const) {
    const db = database.connect('indicators', role);
    expect((await sql`select id from directory.territory`.execute(db)).rows).toEqual([]);
    for (const text of [
      `insert into directory.territory values ('FR')`,
      'select id from administrations.site',
      'create table directory.mine ()',
      'create table administrations.mine ()',
      'drop table administrations.site',
      'create role mine',
    ]) {
      await expect(sql.raw(text).execute(db), `${role}: ${text}`).rejects.toMatchObject({ code: '42501' });
    }
  }
  const reader = database.connect('indicators', 'public');
  await expect(sql`select id from figure`.execute(reader)).rejects.toMatchObject({ code: '42501' });
  await expect(sql`create table mine ()`.execute(reader)).rejects.toMatchObject({ code: '42501' });
});

test('fold serves in generated columns and indexes', async () => {
  const database = await testDatabase();
  const owner = database.connect('administrations', 'owner');
  await sql`create table place (name text, folded text generated always as (directory.fold(name)) stored)`.execute(
    owner,
  );
  await sql`create index on place using gin (folded extensions.gin_trgm_ops)`.execute(owner);
  await sql`create index on place (directory.fold(name))`.execute(owner);
  await sql`insert into place values (${'Œuf-en-Ternois'}), (${'SAINT-ÉTIENNE'}), (${null})`.execute(owner);
  const { rows } = await sql`select folded from place order by folded`.execute(owner);
  expect(rows).toEqual([{ folded: 'oeuf-en-ternois' }, { folded: 'saint-etienne' }, { folded: null }]);
});

test('a login user who may not make roles is told what to ask for', async () => {
  const { url } = await testDatabase({ template: 'empty' });
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const database = new URL(url).pathname.slice(1);
  const login = `weak_${database}`;
  await admin.query(`create role ${login} login password 'weak'`);
  await admin.query(`grant create on database ${database} to ${login}`);
  const weak = Object.assign(new URL(url), { username: login, password: 'weak' });
  const refused = migrateAll(weak.href, undefined, [source('novelty', {})]);
  await expect(refused).rejects.toThrow(`ALTER ROLE "${login}" CREATEROLE`);
  await admin.query(`revoke create on database ${database} from ${login}; drop role ${login}`);
  await admin.end();
});
