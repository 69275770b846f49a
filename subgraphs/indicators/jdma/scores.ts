import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import type { MergeReport } from '../../../kernel/import/feed.ts';
import { findCandidates } from '../publication/candidates.ts';
import { closeResults } from '../publication/close.ts';
import { latestDefinition } from '../publication/in-force.ts';
import { labelOfPeriod, periodOfDate } from '../publication/period-sql.ts';
import { type Publishing, publishCandidates } from '../publication/publish.ts';
import { JDMA_FEEDS } from './feeds.ts';
import { answersIn, pointsOf, SCORE } from './marks.ts';

/**
 * Temporary table `scored`: the scores that some procedures may have, by period, whatever is counted for them now.
 * `taken`: the network published, corrected or withdrew the score otherwise.
 * @param procedures query of network_id and procedure_id
 * @param days query of days of periods
 */
export async function openScores(
  trx: QueryExecutorProvider,
  procedures: RawBuilder<unknown>,
  days: RawBuilder<unknown>,
): Promise<void> {
  const period = periodOfDate(sql`d.day`, sql`f.frequency`);
  await sql`drop table if exists scored`.execute(trx);
  await sql`
    create temporary table scored on commit drop as
      select p.network_id, p.procedure_id as subject_id, ${SCORE}::text as indicator_id, x.*,
             exists (
               select from indicators.result r join indicators.import i on i.id = r.import_id
                where r.network_id = p.network_id and r.indicator_id = ${SCORE} and r.subject_id = p.procedure_id
                  and r.period_start = x.period_start and r.period_grain = x.period_grain and r.publication_to is null
                  and i.feed <> all(${JDMA_FEEDS}::text[])) as taken
        from (select distinct network_id, procedure_id from (${procedures}) p) p
        cross join (
          select distinct ${period.grain} as period_grain, ${period.start} as period_start, ${period.end} as period_end
            from (select distinct day from (${days}) d (day)) d
            cross join lateral (${latestDefinition(sql`${SCORE}::text`)}) f) x`.execute(trx);
}

/**
 * Adds up what is counted for the open scores (see `openScores`), and publishes them as results of the procedures;
 * one that nothing is counted for any more is ended.
 */
export async function publishScores(
  trx: QueryExecutorProvider,
  publishing: Publishing,
): Promise<MergeReport> {
  await sql`
    create temporary table score on commit drop as
      select row_number() over () as record, s.*, n.*
        from scored s
        cross join lateral (
          select coalesce(sum(${answersIn('c')}), 0)::integer as answers, trim_scale(sum(${pointsOf('c')})) as points,
                 max(c.ends_on) as last_day
            from indicators.jdma_service j
            join indicators.jdma_count c on c.service_id = j.service_id
           where j.network_id = s.network_id and j.procedure_id = s.subject_id
             and c.starts_on between s.period_start and s.period_end) n
       where not s.taken`.execute(trx);
  await sql`
    create temporary table unscored on commit drop as
      select *, null :: integer as definition_version from score where answers = 0`.execute(trx);
  const closed = await closeResults(trx, publishing.publication, 'unscored');
  await findCandidates(
    trx,
    sql`
      select record, null::integer as line, network_id as network_key, 'PROCEDURE' as subject_kind,
             subject_id as subject_key, indicator_id as indicator_key, null::text as indicator_title,
             ${labelOfPeriod(sql`period_grain`, sql`period_start`)} as period_label, null::numeric as value,
             points as numerator, answers::numeric as denominator, answers as respondents,
             null::integer as very_favourable, null::integer as favourable, null::integer as unfavourable,
             null::integer as very_unfavourable, least(last_day, current_date) as updated_on
        from score where answers > 0`,
  );
  const report = await publishCandidates(trx, publishing, { whole: true, counted: true });
  return { ...report, closed };
}
