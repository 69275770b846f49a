import { type RawBuilder, sql } from 'kysely';
import { quotient } from './exact.ts';

/** Whether the definition `d` (its alias) measures a rate: a hundred times its share, or a score. */
export const isRate = (definition: string): RawBuilder<boolean> =>
  sql`${sql.ref(`${definition}.unit`)} in ('PERCENT', 'POINTS', 'SCORE_10')`;

/** Whether the denominator of the definition `d` (its alias) counts answers: those to a question, or marks out of ten. */
export const isOfAnswers = (definition: string): RawBuilder<boolean> =>
  sql`(coalesce(${sql.ref(`${definition}.formula`)} in ('FAVOURABLE', 'NET'), false)
       or ${sql.ref(`${definition}.unit`)} = 'SCORE_10')`;

/**
 * How many answers a row of counts is of, in a group `t`: the least that it says, as its respondents, as its denominator
 * where that counts answers, or step by step. Null: it does not say.
 */
export const answeredBy = (row: string): RawBuilder<string> => {
  const of = (name: string) => sql.ref(`${row}.${name}`);
  return sql`least(${of('respondents')}, case when t.is_of_answers then least(${of('denominator')},
    ${of('very_favourable')} + ${of('favourable')} + ${of('unfavourable')} + ${of('very_unfavourable')}) end)`;
};

/** How the value of a cell `c` of parts is made, for the group `t`: weighted when all of its parts can be. */
export const computedBasis: RawBuilder<string> = sql`
  case when t.unit = 'COUNT' or c.with_ratio = c.parts
         or c.with_respondents = c.parts and c.respondents > 0 then 'COMPUTED_WEIGHTED'
       else 'COMPUTED_UNWEIGHTED' end`;

/** That value: counts are added; else by denominators, by respondents, or the plain mean. */
export const computedValue: RawBuilder<string> = sql`
  case when t.unit = 'COUNT' then trim_scale(c.total)
       when c.with_ratio = c.parts then
         ${quotient(sql`case when t.is_rate and t.unit <> 'SCORE_10' then 100 else 1 end * c.numerator`, sql`c.denominator`)}
       when c.with_respondents = c.parts and c.respondents > 0 then
         ${quotient(sql`c.weighted`, sql`c.respondents`)}
       else ${quotient(sql`c.total`, sql`c.parts`)} end`;

/** What the parts of a cell add up to, from columns of `p`. */
export const sums: RawBuilder<unknown> = sql`
  count(*) as parts, sum(p.value) as total,
  count(*) filter (where p.numerator is not null and p.denominator > 0) as with_ratio,
  sum(p.numerator) as numerator, sum(p.denominator) as denominator,
  count(p.respondents) as with_respondents, sum(p.respondents) as respondents,
  sum(p.value * p.respondents) as weighted,
  count(*) filter (where num_nulls(p.very_favourable, p.favourable, p.unfavourable, p.very_unfavourable) = 0)
    as with_distribution,
  sum(p.very_favourable) as very_favourable, sum(p.favourable) as favourable,
  sum(p.unfavourable) as unfavourable, sum(p.very_unfavourable) as very_unfavourable,
  max(p.updated_on) as updated_on, max(p.origin) as origin, max(p.import_row) as import_row`;

const ADDABLE = [
  ...[
    'parts',
    'total',
    'with_ratio',
    'numerator',
    'denominator',
    'with_respondents',
    'respondents',
    'weighted',
  ],
  ...['with_distribution', 'very_favourable', 'favourable', 'unfavourable', 'very_unfavourable'],
];
const LATEST = ['updated_on', 'origin', 'import_row'];

/** Names of what `sums` gives. */
export const SUMMED: RawBuilder<unknown> = sql.join([...ADDABLE, ...LATEST].map((name) => sql.ref(name)));

/** Sums of what `sums` gives. */
export const ADDED: RawBuilder<unknown> = sql.join([
  ...ADDABLE.map((name) => sql`sum(${sql.ref(name)}) as ${sql.ref(name)}`),
  ...LATEST.map((name) => sql`max(${sql.ref(name)}) as ${sql.ref(name)}`),
]);
