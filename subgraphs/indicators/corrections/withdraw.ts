import { type QueryExecutorProvider, sql } from 'kysely';
import { perform } from '../../../kernel/write/command.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { saidText } from '../input.ts';
import { lockPublications, publishAs } from '../publication/entry.ts';
import { RESULTS_WRITTEN } from '../publication/written.ts';
import { rollUp } from '../rollup/roll-up.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type Corrected, LONGEST_REASON } from './correct.ts';
import { currentResult, type ResultInput, type ResultKey, resultName, resultSummary } from './current.ts';

/**
 * Takes a result back: it is in no figure, ranking or coverage any more. Its past stays in the history.
 * @throws HubError as `perform` and `currentResult`
 */
export async function withdrawResult(
  writing: Writing<IndicatorsTables>,
  input: ResultInput,
): Promise<Corrected> {
  const { network } = input;
  const reason = saidText(input.reason, 'reason', LONGEST_REASON);
  const request = requestOf(writing, 'withdrawResult', input);
  const outcome = await perform(
    writing.owner,
    { ...request, scope: 'results:publish', network },
    async (trx, audit) => {
      await lockPublications(trx);
      const { key, current } = await currentResult(trx, input);
      const entry = {
        network,
        name: 'withdrawResult',
        content: key,
        options: { action: 'withdraw' },
        rows: 1,
      };
      const { publication } = await publishAs(trx, { ...entry, feed: RESULTS_WRITTEN }, (publishing) =>
        closeResult(trx, key, publishing.publication),
      );
      await audit({
        networkId: network,
        action: 'RESULT_WITHDRAWN',
        objectId: resultName(key, input.period),
        before: resultSummary(current),
        after: null,
        reason,
      });
      return { key, publication: Number(publication) };
    },
  );
  if (outcome.done === null) throw new Error('A withdrawal refuses nothing.');
  return outcome.done;
}

/** Closes the current row and recomputes what it was a part of. */
async function closeResult(
  trx: QueryExecutorProvider,
  { network, indicator, definition, subject, grain, start }: ResultKey,
  publication: string,
): Promise<void> {
  await sql`
    update indicators.result set publication_to = ${publication}::bigint, changed_in = ${publication}::bigint
     where network_id = ${network} and indicator_id = ${indicator} and definition_version = ${definition}
       and subject_id = ${subject} and period_grain = ${grain} and period_start = ${start}::date
       and publication_to is null`.execute(trx);
  await rollUp(
    trx,
    sql`select network_id, indicator_id, definition_version, period_grain, period_start, period_end
          from indicators.result where changed_in = ${publication}::bigint`,
  );
}
