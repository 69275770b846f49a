import { type QueryExecutorProvider, sql } from 'kysely';
import type { MergeReport } from '../../../kernel/import/feed.ts';
import { findCandidates } from '../publication/candidates.ts';
import { closeResults } from '../publication/close.ts';
import { labelOfPeriod } from '../publication/period-sql.ts';
import { type Publishing, publishCandidates } from '../publication/publish.ts';
import { countedIn } from './cells.ts';

/**
 * Counts the published answers of the open cells (see `openCells`), and publishes the distributions like any other
 * results: values by the declared formula of each indicator, then figures, ranks and what is withheld. A cell without
 * any answer left loses its result.
 */
export async function publishCounts(
  trx: QueryExecutorProvider,
  publishing: Publishing,
): Promise<MergeReport> {
  const step = (answer: string, name: string) =>
    sql`count(*) filter (where a.answer = ${answer})::integer as ${sql.ref(name)}`;
  await sql`
    create temporary table distribution on commit drop as
      select row_number() over () as record, c.network_id, c.indicator_id, c.definition_version, c.subject_kind,
             c.subject_id, c.period_grain, c.period_start, ${labelOfPeriod(sql`c.period_grain`, sql`c.period_start`)} as period_label,
             n.*
        from survey_cell c
        cross join lateral (
          select count(*)::integer as respondents, ${step('VERY_FAVOURABLE', 'very_favourable')},
                 ${step('FAVOURABLE', 'favourable')}, ${step('UNFAVOURABLE', 'unfavourable')},
                 ${step('VERY_UNFAVOURABLE', 'very_unfavourable')}, max(a.answered_on) as updated_on
            from (${countedIn('c')}) a) n
       where not c.taken`.execute(trx);
  await sql`
    create temporary table emptied on commit drop as select * from distribution where respondents = 0`.execute(
    trx,
  );
  const closed = await closeResults(trx, publishing.publication, 'emptied');
  await findCandidates(
    trx,
    sql`
      select record, null::integer as line, network_id as network_key, subject_kind, subject_id as subject_key,
             indicator_id as indicator_key, null::text as indicator_title, definition_version, period_label, null::numeric as value,
             null::numeric as numerator, null::numeric as denominator, respondents, very_favourable, favourable,
             unfavourable, very_unfavourable, updated_on
        from distribution where respondents > 0`,
    { withDefinition: true },
  );
  const report = await publishCandidates(trx, publishing, { whole: true, counted: true });
  return { ...report, closed };
}
