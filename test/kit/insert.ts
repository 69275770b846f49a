import { type Kysely, sql } from 'kysely';

/**
 * Inserts rows in their order, each with the columns that it has: what a row leaves out, or gives as undefined, takes
 * the default of its column.
 */
export async function insertRows<DB>(
  db: Kysely<DB>,
  table: `${string}.${string}`,
  rows: readonly object[],
): Promise<void> {
  const into = sql.table(table);
  for (const row of rows) {
    const given = Object.entries(row).filter(([, value]) => value !== undefined);
    const columns = sql.join(given.map(([name]) => sql.ref(name)));
    const json = JSON.stringify(Object.fromEntries(given));
    await sql`
      insert into ${into} (${columns})
      select ${columns} from jsonb_populate_record(null::${into}, ${json}::jsonb)`.execute(db);
  }
}
