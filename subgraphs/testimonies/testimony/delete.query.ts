import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Removes testimonies with all that hangs on them, and what imports keep of them for their undoing, so that no
 * rollback brings them back. The audit keeps that they were there, by their ids.
 *
 * @param db of the role `testimonies_owner`
 */
export async function deleteTestimonies(db: QueryExecutorProvider, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const those = sql`${[...ids]}::text[]`;
  await sql`
    delete from testimonies.import_before
     where case when entity = 'testimony' then entity_id else split_part(entity_id, '|', 1) end = any(${those})`.execute(
    db,
  );
  await sql`delete from testimonies.testimony where id = any(${those})`.execute(db);
}

/** Has the planner take new samples of every table: the old ones may hold words of what was removed. */
export async function forgetSamples(db: QueryExecutorProvider): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'testimonies' and c.relkind = 'r' and c.relpersistence = 'p' order by 1`.execute(db);
  for (const { name } of rows) await sql`analyze testimonies.${sql.id(name)}`.execute(db);
}
