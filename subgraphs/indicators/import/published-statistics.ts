import { sql } from 'kysely';
import { captureBefore, type Entity } from '../../../kernel/import/before.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/** What a source says of the spread of a network: changed in place, with its rows before each import. */
export const STATISTIC: Entity = {
  name: 'published_statistic',
  table: 'indicators.published_statistic',
  key: ['network_id', 'indicator_id', 'period_start', 'period_grain', 'definition_version', 'statistic'],
};

/**
 * Rows with a statistic leave the candidates, so that they are not read as the figure of the nation. They name
 * different facts of one period, hence a key of their own.
 */
export async function setStatisticsAside(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table statistic on commit drop as
      select c.record, c.network_id, c.indicator_id, c.definition_version, c.period_grain, c.period_start,
             c.period_end, s.statistic, c.value, c.updated_on, c.line
        from candidate c join import_row s on s.record = c.record
       where s.statistic in ('LOWEST', 'HIGHEST', 'MEDIAN')`.execute(trx);
  await sql`
    insert into import_problem (record, line, column_name, code, severity, message)
    select record, line, null, 'UNKNOWN_INDICATOR', 'QUARANTINED', 'no such network or indicator'
      from statistic where network_id is null or indicator_id is null
    union all
    select record, line, 'valeur', 'REQUIRED', 'REJECTED', 'expected a value' from statistic where value is null
    union all
    select record, line, null, 'CONTRADICTORY_ROW', 'REJECTED', 'the statistic is there several times'
      from (select *, count(*) over (partition by network_id, indicator_id, definition_version, period_grain,
                                     period_start, statistic) as times from statistic) s
     where times > 1 and network_id is not null and indicator_id is not null`.execute(trx);
  await sql`delete from candidate c using statistic s where s.record = c.record`.execute(trx);
}

/** Stores the statistics that are still staged; returns how many. */
export async function keepStatistics(trx: ImportTransaction, importId: string): Promise<number> {
  const staged = sql`statistic s join import_row r on r.record = s.record`;
  await captureBefore(
    trx,
    importId,
    STATISTIC,
    sql`select network_id, indicator_id, period_start, period_grain, definition_version, s.statistic from ${staged}`,
  );
  const kept = await sql`
    insert into indicators.published_statistic (network_id, indicator_id, definition_version, period_grain,
      period_start, period_end, statistic, value, updated_on, import_id, import_row)
    select network_id, indicator_id, definition_version, period_grain, period_start, period_end, s.statistic,
           trim_scale(s.value), s.updated_on, ${importId}::uuid, s.line
      from ${staged}
    on conflict (network_id, indicator_id, period_start, period_grain, definition_version, statistic) do update
      set value = excluded.value, updated_on = excluded.updated_on, import_id = excluded.import_id,
          import_row = excluded.import_row`.execute(trx);
  return Number(kept.numAffectedRows ?? 0);
}
