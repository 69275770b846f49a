import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { hubMigrations, migrateAll, migrateDown } from '../../../kernel/postgres/migrate.ts';
import { testDatabase } from '../../../test/kit/database.ts';
import { country } from '../fixtures/country.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');

test('wordings that were there before they had versions are at the first, and told to readers', async () => {
  const own = hubMigrations().find(({ name }) => name === 'administrations');
  const versioned = async () => {
    const { rows } = await sql<{ there: boolean }>`
      select to_regclass('wording_change') is not null as there`.execute(db);
    return rows[0]?.there === true;
  };
  // What other subgraphs keep leans on the directory: it goes first.
  for (const other of hubMigrations().reverse()) {
    while (other.name !== own?.name && (await migrateDown(database.url, other))) {
      // One migration at a time, the last first.
    }
  }
  while (own && (await versioned())) await migrateDown(database.url, own);
  const story = country().commitment('COMMITMENT-E1', { version: '2024', position: 1 });
  await story.wording('NET-caf', 'COMMITMENT-E1', 'Sous quinze jours').save(db);
  expect(await versioned()).toBe(false);
  await migrateAll(database.url);
  const { rows } = await sql`
    select w.version, w.written_at, c.number, c.kind, c.version as told
    from network_commitment w join wording_change c using (network_id, commitment_id)`.execute(db);
  expect(rows).toEqual([{ version: 1, written_at: null, number: '1', kind: 'CREATED', told: 1 }]);
  await sql`update network_commitment set wording = 'Sous dix jours'`.execute(db);
  const changed =
    await sql`select number, kind, version from wording_change order by number desc limit 1`.execute(db);
  expect(changed.rows).toEqual([{ number: '2', kind: 'CHANGED', version: 2 }]);
});
