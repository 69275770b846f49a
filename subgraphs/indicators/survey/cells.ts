import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { definitionAt, latestDefinition } from '../publication/in-force.ts';
import { periodOfDate } from '../publication/period-sql.ts';
import { SURVEY_FEEDS } from './feeds.ts';
import { askedAlike, onTheScale, sameQuestion } from './questions.ts';

/** Columns that name what an answer is about. */
export const ASKED = sql`network_id, question_id, subject_kind, subject_id, answered_on`;

/**
 * Temporary table `survey_cell`: the results that answers are counted into. One question may feed several indicators,
 * each in the period that holds the day, as long as the indicator's frequency.
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
      ), measured as (
        select distinct p.question_id, p.answered_on, p.indicator_id, p.period_grain, p.period_start, p.period_end
          from dated p
          cross join lateral (${definitionAt(sql`p.indicator_id`, sql`p.period_end`)}) i
          cross join lateral (${definitionAt(sql`p.question_id`, sql`p.period_end`)}) q
         where ${onTheScale('i')} and (p.indicator_id = p.question_id or ${sameQuestion('i', 'q')})
      )
      select distinct a.network_id, a.question_id, a.subject_kind, a.subject_id, m.indicator_id, m.period_grain,
             m.period_start, m.period_end, false as taken, false as purged
        from asked a join measured m on m.question_id = a.question_id and m.answered_on = a.answered_on`.execute(
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
        select c.network_id, c.indicator_id, c.subject_id, c.period_grain, c.period_start
          from survey_cell c
          left join indicators.result r
            on r.network_id = c.network_id and r.indicator_id = c.indicator_id and r.subject_id = c.subject_id
           and r.period_start = c.period_start and r.period_grain = c.period_grain and r.publication_to is null
          left join indicators.import i on i.id = r.import_id
         where r.value is not null and i.feed <> all(${SURVEY_FEEDS}::text[])
            -- Counted before, and gone: somebody withdrew it.
            or r.value is null and exists (${countedIn('c')}) and exists (
              select from indicators.result w
               where w.network_id = c.network_id and w.indicator_id = c.indicator_id and w.subject_id = c.subject_id
                 and w.period_grain = c.period_grain and w.period_start = c.period_start
                 and w.changed_in is not null and w.publication_to is not null)) t
     where t.network_id = c.network_id and t.indicator_id = c.indicator_id and t.subject_id = c.subject_id
       and t.period_grain = c.period_grain and t.period_start = c.period_start`.execute(trx);
}

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
    and ${a('answered_on')} between ${c('period_start')} and ${c('period_end')}`;
};
