import { type Kysely, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import { type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import { ONLINE_QUALITY, SCORE } from '../jdma/marks.ts';
import type { IndicatorsTables } from '../tables.ts';

/**
 * The latest score of each procedure, or that of a period, in one statement; where a period has none, what was
 * published of the procedure under the name of the common core, before scores had an indicator of their own.
 */
export async function onlineQualityOf(
  db: Kysely<IndicatorsTables>,
  period: Period | null,
  procedures: readonly string[],
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select distinct on (r.subject_id) ${RESULT_COLUMNS}
      from indicators.published_result r
     where r.subject_id = any(${procedures}::text[]) and r.indicator_id in (${SCORE}, ${ONLINE_QUALITY})
       and (${period?.start ?? null}::date is null
         or (r.period_start = ${period?.start ?? null}::date and r.period_grain = ${period?.grain ?? null}::text))
     order by r.subject_id, r.period_end desc, r.period_start, r.indicator_id = ${SCORE} desc, r.definition_version desc`.execute(
    db,
  );
  return rows;
}
