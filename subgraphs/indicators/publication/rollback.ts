import { sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { ImportTransaction, RollbackContext } from '../../../kernel/import/feed.ts';
import { rollUp } from '../rollup/roll-up.ts';
import { groupsIn, sameResult } from './publish.ts';

/**
 * Undoes an import of results by publishing once more what it had replaced; what it had added is closed.
 * History stays: nothing is deleted.
 * @throws HubError CONFLICT when a later publication changed one of the same results
 */
export async function rollbackResults(
  trx: ImportTransaction,
  { importId, publication }: RollbackContext,
): Promise<void> {
  // A row may be current again as a copy, after the rollback of what had replaced it.
  await sql`
    create temporary table undone on commit drop as
      select w.*, r.value is not null as is_current
        from (select network_id, indicator_id, definition_version, subject_id, period_grain, period_start,
                     period_end, min(publication_from) as first_publication
                from indicators.result where import_id = ${importId} group by 1, 2, 3, 4, 5, 6, 7) w
        left join indicators.result r
          on ${sameResult('r', 'w')} and r.publication_to is null and r.import_id = ${importId}`.execute(trx);
  const lost = await sql<{ rows: string }>`
    select count(*) as rows from undone where not is_current`.execute(trx);
  const touched = Number(lost.rows[0]?.rows ?? 0);
  if (touched > 0) {
    throw new HubError('CONFLICT', `later publications changed ${touched} of the results of this import`);
  }
  await sql`
    update indicators.result r set publication_to = ${publication}::bigint, changed_in = ${publication}::bigint
      from undone u where ${sameResult('r', 'u')} and r.publication_to is null`.execute(trx);
  await sql`
    insert into indicators.result (network_id, indicator_id, definition_version, subject_kind, subject_id,
      period_grain, period_start, period_end, period_inferred, value, numerator, denominator, respondents,
      very_favourable, favourable, unfavourable, very_unfavourable, updated_on, import_id, import_row,
      publication_from, changed_in, corrects, is_unit, suppressed)
    select r.network_id, r.indicator_id, r.definition_version, r.subject_kind, r.subject_id,
      r.period_grain, r.period_start, r.period_end, r.period_inferred, r.value, r.numerator, r.denominator,
      r.respondents, r.very_favourable, r.favourable, r.unfavourable, r.very_unfavourable, r.updated_on,
      r.import_id, r.import_row, ${publication}::bigint, ${publication}::bigint, true, r.is_unit, r.suppressed
      from undone u
      join indicators.result r on ${sameResult('r', 'u')} and r.publication_to = u.first_publication`.execute(
    trx,
  );
  // What nothing replaces stays in the order of changes, as withdrawn.
  await sql`
    update indicators.result r set changed_in = null
      from indicators.result c
     where r.publication_to = ${publication}::bigint and r.changed_in = ${publication}::bigint
       and c.changed_in = ${publication}::bigint and c.publication_to is null and ${sameResult('r', 'c')}`.execute(
    trx,
  );
  await rollUp(trx, groupsIn('undone'));
}
