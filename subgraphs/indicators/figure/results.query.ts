import { type Kysely, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type FigureRow, RESULT_COLUMNS } from './figure.row.ts';

/** Which results of a site or structure; null is every indicator, every period. */
export interface ResultsArguments {
  indicators: readonly string[] | null;
  period: Period | null;
}

/** Twelve indicators over sixteen years fit. */
const MOST = 200;

/** What sites and structures published themselves, the latest first, 200 results each at most; one statement. */
export async function resultsOf(
  db: Kysely<IndicatorsTables>,
  { indicators, period }: ResultsArguments,
  subjects: readonly string[],
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select ${RESULT_COLUMNS}
      from unnest(${subjects}::text[]) as k (subject_id)
      cross join lateral (
        select r.* from indicators.published_result r
         where r.subject_id = k.subject_id
           and (${indicators}::text[] is null or r.indicator_id = any(${indicators}))
           and (${period?.start ?? null}::date is null
             or (r.period_start = ${period?.start ?? null}::date and r.period_grain = ${period?.grain ?? null}::text))
         order by r.period_end desc, r.period_start, r.indicator_id, r.network_id, r.definition_version desc
         limit ${MOST}) r
     order by r.period_end desc, r.period_start, r.indicator_id, r.network_id, r.definition_version desc`.execute(
    db,
  );
  return rows;
}
