import { type RawBuilder, sql } from 'kysely';
import type { ImportTransaction, MergeReport } from '../../../kernel/import/feed.ts';

/**
 * Runs an upsert that leaves equal rows alone and returns `xmax = 0 as is_new` for each row that it wrote;
 * counts them against the staged rows.
 */
export async function written(trx: ImportTransaction, upsert: RawBuilder<unknown>): Promise<MergeReport> {
  const { rows } = await sql<{ inserted: number; updated: number; total: number }>`
    with written as (${upsert})
    select (count(*) filter (where is_new))::int as inserted, (count(*) filter (where not is_new))::int as updated,
      (select count(*) from import_row)::int as total
    from written`.execute(trx);
  const { inserted = 0, updated = 0, total = 0 } = rows[0] ?? {};
  return { inserted, updated, unchanged: Math.max(0, total - inserted - updated), closed: 0 };
}
