import { type QueryExecutorProvider, type RawBuilder, sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import { reportFuture } from '../../../kernel/import/days.ts';
import type { Severity } from '../../../kernel/import/problem.ts';
import { findCandidates } from '../publication/candidates.ts';
import { checkNames } from '../publication/checks.ts';
import { lockAnswers } from './answers.ts';
import { answersOf, openCells } from './cells.ts';
import { QUESTIONS } from './questions.ts';

const COLUMNS = {
  network: 'reseau',
  structure: 'code_sp_structure',
  site: 'site',
  indicator: 'question',
} as const;

/**
 * Judges staged answers, from a file or from the graph: reports what is wrong with them, and leaves in the temporary
 * table `answered` what they say in ids. Answers that are there already are a notice, and leave the staging.
 *
 * Takes the lock of the answers of the networks that they are of.
 *
 * @param network SQL of the network of a staged row
 * @returns how many answers were known
 */
export async function checkAnswers(
  trx: QueryExecutorProvider,
  network: RawBuilder<unknown>,
): Promise<number> {
  const nothing = sql`null::numeric as value, null::numeric as numerator, null::numeric as denominator,
    null::integer as respondents, null::integer as very_favourable, null::integer as favourable,
    null::integer as unfavourable, null::integer as very_unfavourable`;
  await findCandidates(
    trx,
    sql`
      select record, line, ${network} as network_key,
             case when structure is not null then 'STRUCTURE' else 'SITE' end as subject_kind,
             coalesce(structure, site) as subject_key, question as indicator_key, null::text as indicator_title,
             null::text as period_label, ${nothing}, answered_on as updated_on
        from import_row`,
  );
  await sql`
    create temporary table answered on commit drop as
      select c.record, c.network_id, c.subject_kind, c.subject_id, c.indicator_id, q.question_id, s.reference,
             s.answered_on, s.answer
        from candidate c
        join import_row s on s.record = c.record
        left join (${QUESTIONS}) q on q.indicator_id = c.indicator_id`.execute(trx);
  await sql`alter table answered add primary key (record)`.execute(trx);
  await sql`analyze answered`.execute(trx);
  await lockAnswers(trx, sql`select network_id from answered`);
  await checkNames(trx, COLUMNS);
  await sql`drop table candidate, candidate_group`.execute(trx);
  await reportFuture(trx, { answered_on: 'repondu_le' });
  await reportAnswers(trx, {
    code: 'NOT_ON_SCALE',
    severity: 'REJECTED',
    column: COLUMNS.indicator,
    message: 'expected an indicator that is counted from answers on four steps',
    where: sql`a.indicator_id is not null and a.question_id is null`,
  });
  await dropBad(trx);
  await reportRepeated(trx);
  const known = await reportKnown(trx);
  await openCells(trx, sql`select * from answered`);
  const inCell = (what: string) =>
    sql`exists (select from survey_cell c where ${answersOf('a', 'c')} and ${sql.ref(`c.${what}`)})`;
  await reportAnswers(trx, {
    code: 'PURGED_PERIOD',
    severity: 'QUARANTINED',
    column: 'repondu_le',
    message: 'the answers of this period were erased after they were published: none can be added',
    where: inCell('purged'),
  });
  await reportAnswers(trx, {
    code: 'PUBLISHED_OTHERWISE',
    severity: 'QUARANTINED',
    column: COLUMNS.indicator,
    message:
      'the network published this result otherwise, corrected or withdrew it: answers are not counted there',
    where: inCell('taken'),
  });
  await dropBad(trx);
  return known;
}

interface AnswerCheck {
  code: string;
  severity: Severity;
  column: string | null;
  message: string;
  /** SQL condition on an answer `a`. */
  where: RawBuilder<unknown>;
}

/** Reports the answers that meet a condition. What was answered is in no report. */
const reportAnswers = (trx: QueryExecutorProvider, { where, ...check }: AnswerCheck): Promise<number> =>
  reportRows(trx, { ...check, where: sql`s.record in (select a.record from answered a where ${where})` });

/** Answers with a problem are judged no further. */
async function dropBad(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    delete from answered a using import_problem p where p.record = a.record and p.severity <> 'NOTICE'`.execute(
    trx,
  );
}

const CONTENT = sql`row(a.question_id, a.subject_id, a.answered_on, a.answer)`;

/** One reference, several rows: the same answer counts once, different ones are all rejected. */
async function reportRepeated(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table repeated on commit drop as
      select record, record > first as again, low <> high as contradictory
        from (select a.record, min(a.record) over same as first, min(${CONTENT}::text) over same as low,
                     max(${CONTENT}::text) over same as high
                from answered a window same as (partition by a.network_id, a.reference)) a
       where record > first or low <> high`.execute(trx);
  await reportAnswers(trx, {
    code: 'CONTRADICTORY_ROW',
    severity: 'REJECTED',
    column: 'reference',
    message: 'expected one answer for a reference, several differ',
    where: sql`a.record in (select record from repeated where contradictory)`,
  });
  await asNotice(trx, {
    code: 'DUPLICATE_ROW',
    message: 'the same answer stands above, counted once',
    where: sql`a.record in (select record from repeated where again and not contradictory)`,
  });
  await dropBad(trx);
}

/** Answers whose reference came before. */
async function reportKnown(trx: QueryExecutorProvider): Promise<number> {
  const before = (same: RawBuilder<unknown>) => sql`exists (
    select from indicators.survey_answer k
     where k.network_id = a.network_id and k.reference = a.reference and ${same})`;
  const kept = sql`row(k.question_id, k.subject_id, k.answered_on, k.answer)`;
  await reportAnswers(trx, {
    code: 'CONTRADICTORY_ANSWER',
    severity: 'REJECTED',
    column: 'reference',
    message: 'another answer came with this reference before',
    where: before(sql`${kept} <> ${CONTENT}`),
  });
  await dropBad(trx);
  return asNotice(trx, {
    code: 'KNOWN_ANSWER',
    message: 'this answer is there already, counted once',
    where: before(sql`true`),
  });
}

/** Tells of answers that say nothing new, and takes them out. */
async function asNotice(
  trx: QueryExecutorProvider,
  { code, message, where }: Pick<AnswerCheck, 'code' | 'message' | 'where'>,
): Promise<number> {
  const count = await reportAnswers(trx, { code, severity: 'NOTICE', column: 'reference', message, where });
  const told = sql`select record from import_problem where code = ${code} and severity = 'NOTICE'`;
  await sql`delete from answered where record in (${told})`.execute(trx);
  await sql`delete from import_row where record in (${told})`.execute(trx);
  return count;
}
