import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { definitionAt, latestDefinition } from '../publication/in-force.ts';
import { periodOfDate } from '../publication/period-sql.ts';
import { SURVEY_FEEDS } from './feeds.ts';
import { askedAlike, onTheScale, sameQuestion } from './questions.ts';

/** Columns that name what an answer is about. */
export const ASKED = sql`network_id, question_id, subject_kind, subject_id, answered_on`;

/**
 * Temporary table `survey_cell`: the results that answers are counted into. One question may feed several indicators,
 * each in the period that holds the day, as long as the indicator's frequency, under the definition in force on that day.
 * `counted_on` is the days of the period on which that one is in force and asks this question: where a definition changes
 * within the period, each counts the answers of its own days. None, where a definition declared since has taken them all.
 *
 * `taken`: the result there is none of ours, for its network published it otherwise, corrected or withdrew it.
 * `purged`: answers of the period were erased, so that no more of them can be added.
 *
 * @param answers query of network_id, question_id, subject_kind, subject_id and answered_on
 */
export async function openCells(trx: QueryExecutorProvider, answers: RawBuilder<unknown>): Promise<void> {
  await sql`drop table if exists survey_cell`.execute(trx);
  const period = periodOfDate(sql`d.answered_on`, sql`f.frequency`);
  await sql`
    create temporary table survey_cell on commit drop as
      with asked as materialized (select distinct ${ASKED} from (${answers}) a),
      day as (select distinct question_id, answered_on from asked),
      fed as (${askedAlike(sql`select question_id from day`)}),
      dated as (
        select d.question_id, d.answered_on, fed.indicator_id, ${period.grain} as period_grain,
               ${period.start} as period_start, ${period.end} as period_end
          from day d
          join fed on fed.question_id = d.question_id
          cross join lateral (${latestDefinition(sql`fed.indicator_id`)}) f
      ), span as (
        select distinct question_id, indicator_id, period_grain, period_start, period_end from dated
      ), part as materialized (
        select s.*, i.version as definition_version,
               ${onTheScale('i')} and (s.indicator_id = s.question_id or ${sameQuestion('i', 'q')}) as is_measured,
               datemultirange(daterange(c.day, coalesce(lead(c.day) over within, s.period_end + 1))) as days
          from span s
          cross join lateral (${changesWithin('s')}) c
          cross join lateral (${definitionAt(sql`s.indicator_id`, sql`c.day`)}) i
          cross join lateral (${definitionAt(sql`s.question_id`, sql`c.day`)}) q
        window within as (partition by s.question_id, s.indicator_id, s.period_grain, s.period_start order by c.day)
      ), measured as (
        select question_id, indicator_id, period_grain, period_start, period_end, definition_version,
               range_agg(days) as counted_on
          from part where is_measured group by 1, 2, 3, 4, 5, 6
      ), touched_subject as (
        select distinct a.network_id, a.question_id, a.subject_kind, a.subject_id, d.indicator_id, d.period_grain,
               d.period_start, d.period_end
          from asked a join dated d on d.question_id = a.question_id and d.answered_on = a.answered_on
      )
      select t.*, m.definition_version, m.counted_on, false as taken, false as purged
        from touched_subject t
        join measured m using (question_id, indicator_id, period_grain, period_start, period_end)
      union all
      -- Counted under a definition that is in force on no day of the period any more.
      select t.*, r.definition_version, '{}', false, false
        from touched_subject t
        join indicators.result r
          on r.network_id = t.network_id and r.indicator_id = t.indicator_id and r.subject_id = t.subject_id
         and r.period_start = t.period_start and r.period_grain = t.period_grain and r.publication_to is null
        join indicators.import i on i.id = r.import_id and i.feed = any(${SURVEY_FEEDS}::text[])
       where not exists (
         select from part p
          where p.indicator_id = t.indicator_id and p.question_id = t.question_id and p.period_grain = t.period_grain
            and p.period_start = t.period_start and p.definition_version = r.definition_version)`.execute(
    trx,
  );
  await sql`analyze survey_cell`.execute(trx);
  await sql`
    update survey_cell c set purged = true
      from indicators.survey_purge p
     where p.network_id = c.network_id and p.question_id = c.question_id and p.purged_through >= c.period_start
  `.execute(trx);
  await sql`
    update survey_cell c set taken = true
      from (
        select c.network_id, c.indicator_id, c.definition_version, c.subject_id, c.period_grain, c.period_start
          from survey_cell c
          left join indicators.result r
            on r.network_id = c.network_id and r.indicator_id = c.indicator_id and r.subject_id = c.subject_id
           and r.period_start = c.period_start and r.period_grain = c.period_grain
           and r.definition_version = c.definition_version and r.publication_to is null
          left join indicators.import i on i.id = r.import_id
         where r.value is not null and i.feed <> all(${SURVEY_FEEDS}::text[])
            -- Counted before, and gone: somebody withdrew it.
            or r.value is null and exists (${countedIn('c')}) and exists (
              select from indicators.result w
               where w.network_id = c.network_id and w.indicator_id = c.indicator_id and w.subject_id = c.subject_id
                 and w.period_grain = c.period_grain and w.period_start = c.period_start
                 and w.definition_version = c.definition_version
                 and w.changed_in is not null and w.publication_to is not null)) t
     where t.network_id = c.network_id and t.indicator_id = c.indicator_id and t.subject_id = c.subject_id
       and t.period_grain = c.period_grain and t.period_start = c.period_start
       and t.definition_version = c.definition_version`.execute(trx);
}

/** Query of the days of a period `s` from which on another definition may be in force, of its indicator or its question. */
const changesWithin = (s: string) => {
  const of = (name: string) => sql.ref(`${s}.${name}`);
  return sql`
    select ${of('period_start')} as day
    union
    select d.valid_from from indicators.definition d
     where d.indicator_id in (${of('indicator_id')}, ${of('question_id')})
       and d.valid_from > ${of('period_start')} and d.valid_from <= ${of('period_end')}`;
};

/** Query of the published answers of a cell. */
export const countedIn = (cell: string) => sql`
  select a.answer, a.answered_on from indicators.survey_answer a where ${answersOf('a', cell)} and a.import_id is not null`;

/** SQL: an answer belongs to a cell. */
export const answersOf = (answer: string, cell: string): RawBuilder<boolean> => {
  const [a, c] = [
    (name: string) => sql.ref(`${answer}.${name}`),
    (name: string) => sql.ref(`${cell}.${name}`),
  ];
  return sql`${a('network_id')} = ${c('network_id')} and ${a('question_id')} = ${c('question_id')}
    and ${a('subject_id')} = ${c('subject_id')}
    and ${a('answered_on')} between ${c('period_start')} and ${c('period_end')}
    and ${a('answered_on')} <@ ${c('counted_on')}`;
};
