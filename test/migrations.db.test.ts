import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { hubMigrations, migrateAll, migrateDown } from '../kernel/postgres/migrate.ts';
import { testDatabase } from './kit/database.ts';

const database = await testDatabase();
const db = database.connect<unknown>('administrations', 'owner');

/** Every table, view and function of the hub's schemas, those that keep the migrations apart. */
async function objects(): Promise<string[]> {
  const schemas = [...hubMigrations().map(({ name }) => name), 'directory'];
  const { rows } = await sql<{ name: string }>`
    select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any(${schemas}::text[]) and c.relkind in ('r', 'v', 'm') and c.relname not like 'kysely%'
    union
    select n.nspname || '.' || p.proname || '()' from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = any(${schemas}::text[]) and n.nspname <> 'directory'
    order by 1`.execute(db);
  return rows.map(({ name }) => name);
}

test('every migration can be taken back, and applied again with the same result', async () => {
  const before = await objects();
  expect(before.length).toBeGreaterThan(40);
  for (const source of hubMigrations().reverse()) {
    while (await migrateDown(database.url, source)) {
      // One migration at a time, the last first.
    }
  }
  expect(await objects()).toEqual([]);
  await migrateAll(database.url);
  expect(await objects()).toEqual(before);
});
