import { type QueryExecutorProvider, sql } from 'kysely';
import { rollUp } from '../rollup/roll-up.ts';

/**
 * Ends the current results that a table names, and recomputes what they were a part of. Their past stays in the
 * history.
 * @param table with network_id, indicator_id, definition_version (null: any), subject_id, period_grain
 *   and period_start
 * @returns how many there were
 */
export async function closeResults(
  trx: QueryExecutorProvider,
  publication: string,
  table: string,
): Promise<number> {
  const closed = await sql`
    update indicators.result r set publication_to = ${publication}::bigint, changed_in = ${publication}::bigint
      from ${sql.table(table)} d
     where r.network_id = d.network_id and r.indicator_id = d.indicator_id and r.subject_id = d.subject_id
       and r.definition_version = coalesce(d.definition_version, r.definition_version)
       and r.period_grain = d.period_grain and r.period_start = d.period_start and r.publication_to is null
  `.execute(trx);
  const count = Number(closed.numAffectedRows ?? 0);
  if (count > 0) {
    await rollUp(
      trx,
      sql`select network_id, indicator_id, definition_version, period_grain, period_start, period_end
            from indicators.result
           where publication_to = ${publication}::bigint and changed_in = ${publication}::bigint`,
    );
  }
  return count;
}
