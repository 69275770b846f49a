import { type RawBuilder, sql } from 'kysely';
import { latestDefinition } from '../publication/in-force.ts';

/** SQL: a definition that is counted from answers on the four steps. */
export const onTheScale = (definition: string): RawBuilder<boolean> =>
  sql`${sql.ref(`${definition}.formula`)} in ('FAVOURABLE', 'NET')`;

/** SQL: two definitions ask the same question, in the same words. */
export const sameQuestion = (a: string, b: string): RawBuilder<boolean> => sql`
  directory.label_key(${sql.ref(`${a}.question`)}) = directory.label_key(${sql.ref(`${b}.question`)})`;

/**
 * Query of indicator_id and question_id. A question has the name of one indicator, whichever of those that ask it was
 * named: of a rate and its net rate, the rate. Networks do not share questions, but those of the common core.
 */
export const QUESTIONS = sql`
  select i.id as indicator_id,
         first_value(i.id) over (
           partition by coalesce(i.network_id, ''), coalesce(directory.label_key(d.question), i.id)
           order by d.formula <> 'FAVOURABLE', i.id) as question_id
    from indicators.indicator i
    cross join lateral (${latestDefinition(sql`i.id`)}) d
   where ${onTheScale('d')}`;

/**
 * Query of question_id and indicator_id: every indicator that ever asked a question in the same words, whatever it
 * asks now, itself among them.
 * @param questions query of the ids of questions
 */
export const askedAlike = (questions: RawBuilder<unknown>) => sql`
  select distinct q.indicator_id as question_id, i.indicator_id
    from indicators.definition q
    join indicators.indicator one on one.id = q.indicator_id
    join indicators.definition i on i.indicator_id = q.indicator_id or ${sameQuestion('i', 'q')}
    join indicators.indicator other
      on other.id = i.indicator_id and other.network_id is not distinct from one.network_id
   where q.indicator_id in (${questions}) and ${onTheScale('i')}`;
