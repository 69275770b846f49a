import { type Kysely, sql } from 'kysely';
import { latestDefinition } from '../publication/in-force.ts';
import { periodOfDate } from '../publication/period-sql.ts';
import { lockAnswers } from './answers.ts';
import { askedAlike } from './questions.ts';

/** What a purge of answers did. */
export interface PurgedAnswers {
  erased: number;
  /** Answers as old that stay, for some of their question were never published. */
  left: number;
}

/**
 * Erases single answers of periods that ended long ago and were published; their counts stay in the results. From
 * then on no answer of these periods is taken in: the count could not be exact.
 *
 * @param owner of the role `indicators_owner`
 * @param keptDays days from the end of the period, of the longest one where a question feeds several
 * @param today ISO day
 */
export async function purgeAnswers(
  owner: Kysely<unknown>,
  keptDays: number,
  today: string,
): Promise<PurgedAnswers> {
  return owner.transaction().execute(async (trx) => {
    await lockAnswers(trx, sql`select network_id from indicators.survey_answer`);
    const last = sql`(${today}::date - ${keptDays}::integer)`;
    const period = periodOfDate(last, sql`f.frequency`);
    await sql`
      create temporary table over on commit drop as
        with asked as (select distinct network_id, question_id from indicators.survey_answer),
        ended as (
          select a.network_id, a.question_id,
                 min(case when ${period.end} = ${last} then ${last} else ${period.start} - 1 end) as through
            from asked a
            join (${askedAlike(sql`select question_id from asked`)}) k on k.question_id = a.question_id
            cross join lateral (${latestDefinition(sql`k.indicator_id`)}) f
           group by 1, 2
        )
        select e.network_id, e.question_id, e.through, count(*)::integer as answers, bool_or(a.import_id is null) as waits
          from ended e
          join indicators.survey_answer a
            on a.network_id = e.network_id and a.question_id = e.question_id and a.answered_on <= e.through
         group by 1, 2, 3`.execute(trx);
    await sql`
      insert into indicators.survey_purge as p (network_id, question_id, purged_through)
        select network_id, question_id, through from over where not waits
      on conflict (network_id, question_id) do update
        set purged_through = greatest(p.purged_through, excluded.purged_through)`.execute(trx);
    const erased = await sql`
      delete from indicators.survey_answer a using over o
       where not o.waits and a.network_id = o.network_id and a.question_id = o.question_id
         and a.answered_on <= o.through`.execute(trx);
    const left = await sql<{ answers: number | null }>`
      select sum(answers)::integer as answers from over where waits`.execute(trx);
    return { erased: Number(erased.numAffectedRows ?? 0), left: left.rows[0]?.answers ?? 0 };
  });
}
