import { type QueryExecutorProvider, sql } from 'kysely';
import { badInput } from '../../../kernel/errors.ts';
import { converter } from '../../../kernel/import/sheet.ts';
import { createStaging } from '../../../kernel/import/staging.ts';
import { perform } from '../../../kernel/write/command.ts';
import type { UserError } from '../../../kernel/write/refused.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { surveyAnswersSheet } from '../import/survey-answers.sheet.ts';
import { type Optional, optionalText, textOf } from '../input.ts';
import type { AnswerStep } from '../survey-tables.ts';
import type { IndicatorsTables } from '../tables.ts';
import { keepAnswers } from './answers.ts';
import { checkAnswers } from './check.ts';

/** An answer as a mutation receives it; see the descriptions of `SurveyAnswerInput`. */
export interface SentAnswer {
  reference: string;
  question: string;
  site?: Optional<string>;
  structure?: Optional<string>;
  answeredOn: string;
  answer: AnswerStep;
}

/** Answers in one request. */
const MOST_ANSWERS = 1000;

interface SendInput extends Keyed {
  network: string;
  answers: readonly SentAnswer[];
}

/** What became of a batch. */
export interface Sent {
  added: number;
  known: number;
  refused: number;
  userErrors: UserError[];
}

/** As the command keeps it, for whoever sends it again: a thousand refusals are told in a few texts. */
interface Kept {
  added: number;
  known: number;
  messages: string[];
  /** Rank of the answer, code, field, rank of the message. */
  problems: [number, string, string | null, number][];
}

/**
 * Takes answers in; they wait until they are published. The good ones are kept, the others told, each by its place.
 * @throws HubError as `perform`; BAD_USER_INPUT for too many, or for what is no text
 */
export async function sendAnswers(writing: Writing<IndicatorsTables>, input: SendInput): Promise<Sent> {
  const { network } = input;
  if (input.answers.length > MOST_ANSWERS) {
    throw badInput(`"answers" may hold ${MOST_ANSWERS} items: send more requests, or import a file.`);
  }
  const answers = input.answers.map(({ site, structure, ...answer }) => ({
    network,
    reference: textOf(answer.reference, 'reference'),
    site: optionalText(site, 'site'),
    structure: optionalText(structure, 'structure'),
    question: textOf(answer.question, 'question'),
    answered_on: answer.answeredOn,
    answer: LABEL[answer.answer],
  }));
  const request = requestOf(writing, 'sendSurveyAnswers', input);
  const outcome = await perform(
    writing.owner,
    { ...request, scope: 'drafts:write', network },
    async (trx, audit): Promise<Kept> => {
      await stage(trx, answers);
      const known = await checkAnswers(trx, sql`network`);
      const added = await keepAnswers(trx, null);
      const { messages, problems } = await foundIn(trx);
      await audit({
        networkId: network,
        action: 'SURVEY_ANSWERS_RECEIVED',
        objectId: network,
        before: null,
        after: { sent: answers.length, added, known, refused: refusedIn(problems) },
      });
      return { added, known, messages, problems };
    },
  );
  if (outcome.done === null) throw new Error('Answers are refused one by one.');
  const { added, known, messages, problems } = outcome.done;
  return {
    added,
    known,
    refused: refusedIn(problems),
    userErrors: problems.map(([rank, code, field, message]) => ({
      code,
      message: messages[message] ?? '',
      path: ['input', 'answers', String(rank), ...(field === null ? [] : [field])],
    })),
  };
}

/** Answers in the words of the template. */
const LABEL: Readonly<Record<AnswerStep, string>> = {
  VERY_FAVOURABLE: 'très',
  FAVOURABLE: 'plutôt',
  UNFAVOURABLE: 'plutôt pas',
  VERY_UNFAVOURABLE: 'pas du tout',
};

/** Names of the template's columns, in the words of the graph. */
const FIELD: Readonly<Record<string, string>> = {
  reference: 'reference',
  code_sp_structure: 'structure',
  site: 'site',
  question: 'question',
  repondu_le: 'answeredOn',
  reponse: 'answer',
};

const refusedIn = (problems: Kept['problems']) => new Set(problems.map(([rank]) => rank)).size;

const convert = converter(surveyAnswersSheet);
const COLUMNS = Object.keys(surveyAnswersSheet.columns);

/** Stages answers as rows of the template: the same cells, the same rules. */
async function stage(
  trx: QueryExecutorProvider,
  answers: readonly Readonly<Record<string, string | null>>[],
): Promise<void> {
  await createStaging(trx, surveyAnswersSheet, 'transaction');
  const read = answers.map((answer, rank) => ({
    ...convert(COLUMNS.map((name) => answer[name] ?? undefined)),
    record: rank + 1,
    line: rank + 1,
  }));
  const rows = read.flatMap(({ values, problems, record, line }) =>
    problems.length > 0
      ? []
      : [{ record, line, ...Object.fromEntries(COLUMNS.map((name, index) => [name, values[index]])) }],
  );
  await sql`
    insert into import_row select * from jsonb_populate_recordset(null::import_row, ${JSON.stringify(rows)}::jsonb)
  `.execute(trx);
  const faults = read.flatMap(({ problems, record, line }) =>
    problems.map(({ column, ...problem }) => ({
      ...problem,
      sample: null,
      record,
      line,
      column_name: column,
    })),
  );
  await sql`
    insert into import_problem
      select * from jsonb_populate_recordset(null::import_problem, ${JSON.stringify(faults)}::jsonb)`.execute(
    trx,
  );
}

/** What was found wrong, in the order of the answers. */
async function foundIn(trx: QueryExecutorProvider): Promise<Pick<Kept, 'messages' | 'problems'>> {
  const { rows } = await sql<{ record: string; column_name: string | null; code: string; message: string }>`
    select record, column_name, code, message from import_problem
     where severity <> 'NOTICE' order by record, column_name nulls first, code`.execute(trx);
  const messages = [...new Set(rows.map(({ message }) => message))];
  return {
    messages,
    problems: rows.map(({ record, column_name, code, message }) => [
      Number(record) - 1,
      code,
      FIELD[column_name ?? ''] ?? null,
      messages.indexOf(message),
    ]),
  };
}
