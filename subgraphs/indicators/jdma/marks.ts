import { type RawBuilder, sql } from 'kysely';

/** The indicators of online procedures: a score for each, and how many of them have at least `GOOD_SCORE`. */
export const SCORE = 'IND-SCORE_DEMARCHE';
export const ONLINE_QUALITY = 'IND-QUALITE_DEMARCHES';

/** Of ten, from which a procedure counts as good: the rule of the common core. */
export const GOOD_SCORE = 8;

/**
 * SQL: what the answers of a row of `jdma_count` are worth together, out of ten each. The marks are those of « Je donne
 * mon avis » itself (its observatory): on three steps 10, 5, 0; on five, as it marks its other questions, 10, 7.5, 5,
 * 2.5, 0.
 */
export const pointsOf = (row: string): RawBuilder<string> => {
  const count = (step: string) => sql.ref(`${row}.${step}`);
  return sql`case when ${count('five_steps')}
    then 10.0 * ${count('very_good')} + 7.5 * ${count('good')} + 5.0 * ${count('medium')} + 2.5 * ${count('bad')}
    else 10.0 * ${count('good')} + 5.0 * ${count('medium')} end`;
};

/** SQL: how many answers a row of `jdma_count` holds. */
export const answersIn = (row: string): RawBuilder<string> => {
  const count = (step: string) => sql.ref(`${row}.${step}`);
  return sql`(${count('very_good')} + ${count('good')} + ${count('medium')} + ${count('bad')} + ${count('very_bad')})`;
};
