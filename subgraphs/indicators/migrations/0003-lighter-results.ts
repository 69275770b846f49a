import { type Kysely, sql } from 'kysely';

/**
 * Two things that every stored result paid for, a third of what storing it cost, see decision 0020.
 *
 * The ranking index gave the order of values, and a ranking reads its whole group anyway, since equal values share
 * a rank; `result_current` holds the groups. The foreign key asked the journal once per row: a publication is in the
 * journal before its first result, under the same lock, and no entry is ever deleted.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`drop index indicators.result_ranking`.execute(db);
  await sql`alter table indicators.result drop constraint result_import_id_fkey`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`
    alter table indicators.result
      add constraint result_import_id_fkey foreign key (import_id) references indicators.import (id)`.execute(
    db,
  );
  await sql`
    create index result_ranking on indicators.result
      (network_id, indicator_id, period_start, period_grain,
       (case when suppressed is null then value end), subject_id)
      where publication_to is null and is_unit`.execute(db);
}
