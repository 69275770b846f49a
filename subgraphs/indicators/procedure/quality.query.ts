import { type Kysely, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import { type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';

/** Indicator of the common core that scores an online procedure. */
export const ONLINE_QUALITY = 'IND-QUALITE_DEMARCHES';

/** The latest result of each procedure, or that of a period, in one statement. */
export async function onlineQualityOf(
  db: Kysely<IndicatorsTables>,
  period: Period | null,
  procedures: readonly string[],
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select distinct on (r.subject_id) ${RESULT_COLUMNS}
      from indicators.published_result r join indicators.import i on i.id = r.import_id
     where r.subject_id = any(${procedures}::text[]) and r.indicator_id = ${ONLINE_QUALITY}
       and (${period?.start ?? null}::date is null
         or (r.period_start = ${period?.start ?? null}::date and r.period_grain = ${period?.grain ?? null}::text))
     order by r.subject_id, r.period_end desc, r.period_start, r.definition_version desc`.execute(db);
  return rows;
}
