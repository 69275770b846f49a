import { type QueryExecutorProvider, sql } from 'kysely';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse } from '../../../kernel/write/refused.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { lockPublications, publishAs } from '../publication/entry.ts';
import type { IndicatorsTables } from '../tables.ts';
import { keepIntake, lockAnswers } from './answers.ts';
import { answersOf, openCells } from './cells.ts';
import { publishCounts } from './count.ts';
import { SURVEY_WRITTEN } from './feeds.ts';

interface PublishInput extends Keyed {
  network: string;
}

/** What a publication of waiting answers did. */
export interface PublishedAnswers {
  publication: number;
  /** Answers that are counted now. */
  answers: number;
  /** Results that are new or changed by them. */
  results: number;
  /** Answers that go on waiting, for their network published the result otherwise. */
  left: number;
}

/**
 * Publishes all the answers of a network that wait, in one publication.
 * @returns a user error NOTHING_WAITING when there is none that may be counted
 * @throws HubError as `perform`
 */
export async function publishSurveyAnswers(
  writing: Writing<IndicatorsTables>,
  input: PublishInput,
): Promise<Outcome<PublishedAnswers>> {
  const { network } = input;
  const request = requestOf(writing, 'publishSurveyAnswers', input);
  return perform(writing.owner, { ...request, scope: 'results:publish', network }, async (trx, audit) => {
    const done = await publishWaiting(trx, network);
    if (done === null) {
      refuse([
        { code: 'NOTHING_WAITING', message: 'expected answers that wait', path: ['input', 'network'] },
      ]);
    }
    await audit({
      networkId: network,
      action: 'SURVEY_ANSWERS_PUBLISHED',
      objectId: network,
      before: null,
      after: done,
    });
    return done as PublishedAnswers;
  });
}

/**
 * Counts what waits, within a transaction of the owner, and publishes it.
 * @returns null, and nothing is done, when no answer that waits may be counted
 */
export async function publishWaiting(
  trx: QueryExecutorProvider,
  network: string,
): Promise<PublishedAnswers | null> {
  await lockPublications(trx);
  await lockAnswers(trx, sql`select ${network}::text as network_id`);
  const waiting = sql`
    select * from indicators.survey_answer a where a.network_id = ${network} and a.import_id is null`;
  await openCells(trx, waiting);
  const ready = sql`not exists (select from survey_cell c where c.taken and ${answersOf('a', 'c')})`;
  const { rows } = await sql<{ ready: string; left: string }>`
    select count(*) filter (where ${ready}) as ready, count(*) filter (where not ${ready}) as left
      from (${waiting}) a`.execute(trx);
  const [answers, left] = [Number(rows[0]?.ready ?? 0), Number(rows[0]?.left ?? 0)];
  if (answers === 0) return null;
  const entry = {
    network,
    name: 'publishSurveyAnswers',
    content: { network, answers },
    options: {},
    rows: answers,
    feed: SURVEY_WRITTEN,
  };
  const { publication, answer } = await publishAs(trx, entry, async (publishing) => {
    await sql`
      update indicators.survey_answer a set import_id = ${publishing.importId}::uuid
       where a.network_id = ${network} and a.import_id is null and ${ready}`.execute(trx);
    await keepIntake(trx, publishing.importId);
    return publishCounts(trx, publishing);
  });
  return { publication: Number(publication), answers, results: answer.inserted + answer.updated, left };
}
