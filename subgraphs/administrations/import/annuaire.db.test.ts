import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { realDirectory } from '../../../test/kit/real-directory.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase(realDirectory);
const db = database.connect<AdministrationsDatabase>('administrations', 'owner');

test('x', async () => {
  const { rows } =
    await sql`select feed, file_name, state, accepted, finished_at - started_at as t from import order by started_at`.execute(
      db,
    );
  console.log(rows);
  console.log(
    (
      await sql`select d.*, s.* from directory.site s join site_detail d on d.site_id = s.id where s.name like 'Pôle emploi de Bapaume'`.execute(
        db,
      )
    ).rows,
  );
  console.log(
    (await sql`select count(*) from directory.change`.execute(db)).rows,
    (await sql`select network_id, count(*) from directory.site group by 1`.execute(db)).rows,
  );
  expect(1).toBe(1);
});
