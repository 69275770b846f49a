import { type QueryExecutorProvider, sql } from 'kysely';
import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse, type UserError } from '../../../kernel/write/refused.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { judge } from '../drafts/judge.ts';
import { type TypedFigures, typedResult } from '../drafts/typed.ts';
import { saidText } from '../input.ts';
import { lockPublications, publishAs } from '../publication/entry.ts';
import { publishCandidates } from '../publication/publish.ts';
import { RESULTS_WRITTEN } from '../publication/written.ts';
import type { IndicatorsTables } from '../tables.ts';
import { currentResult, type ResultInput, type ResultKey, resultName, resultSummary } from './current.ts';

/** Longest reason of a correction or a withdrawal. */
export const LONGEST_REASON = 1000;

/** A result that was corrected or withdrawn, and the number of the publication that did it. */
export interface Corrected {
  key: ResultKey;
  publication: number;
}

/**
 * Publishes a result anew: what the input says is all that is known of it from now on.
 * @throws HubError as `perform` and `currentResult`
 */
export async function correctResult(
  writing: Writing<IndicatorsTables>,
  input: ResultInput & TypedFigures,
): Promise<Outcome<Corrected>> {
  const { network } = input;
  const reason = saidText(input.reason, 'reason', LONGEST_REASON);
  const result = typedResult(input);
  const request = requestOf(writing, 'correctResult', input);
  return perform(writing.owner, { ...request, scope: 'results:publish', network }, async (trx, audit) => {
    await lockPublications(trx);
    const { key, current } = await currentResult(trx, input);
    refuse(await judge(trx, network, [result], () => ['input']));
    await refuseOtherDefinition(trx, current.definition_version);
    const entry = {
      network,
      name: 'correctResult',
      content: [result],
      options: { action: 'correct' },
      rows: 1,
    };
    const { publication, answer } = await publishAs(trx, { ...entry, feed: RESULTS_WRITTEN }, (publishing) =>
      publishCandidates(trx, publishing, { whole: true }),
    );
    if (answer.unchanged > 0) refuse([SAME]);
    const after = await currentResult(trx, { ...input, version: Number(publication) });
    await audit({
      networkId: network,
      action: 'RESULT_CORRECTED',
      objectId: resultName(key, input.period),
      before: resultSummary(current),
      after: resultSummary(after.current),
      reason,
    });
    return { key, publication: Number(publication) };
  });
}

const SAME: UserError = {
  code: 'NOTHING_CHANGED',
  message: 'expected something else than what is published',
  path: ['input'],
};

/** A result stays under the definition that it was measured with. */
async function refuseOtherDefinition(trx: QueryExecutorProvider, published: number): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select definition_version as version from candidate`.execute(trx);
  const now = rows[0]?.version;
  if (now === published) return;
  refuse([
    {
      code: 'OTHER_DEFINITION',
      message: `this result was published under definition ${published}, and ${now} holds for its period now: withdraw it and publish it anew`,
      path: ['input', 'period'],
    },
  ]);
}
