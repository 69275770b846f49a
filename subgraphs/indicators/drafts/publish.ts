import { perform } from '../../../kernel/write/command.ts';
import { type Outcome, refuse } from '../../../kernel/write/refused.ts';
import { requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { lockPublications, publishAs } from '../publication/entry.ts';
import { publishCandidates } from '../publication/publish.ts';
import { RESULTS_WRITTEN } from '../publication/written.ts';
import type { IndicatorsTables } from '../tables.ts';
import { closeDraft, type DraftInput, networkOfDraft } from './discard.ts';
import { draftResults } from './draft.query.ts';
import { judge } from './judge.ts';
import { openDraft, summary } from './save.ts';
import { MOST_RESULTS } from './typed.ts';

/** A publication: its number, and what became of the results of the draft. */
export interface Published {
  draft: string;
  publication: number;
  inserted: number;
  corrected: number;
  unchanged: number;
}

/**
 * Publishes a draft: its results are judged again, and merged, rolled up, journalled and audited in one transaction,
 * in turn with imports. One result that has a problem refuses the whole.
 * @throws HubError as `saveDraft`
 */
export async function publishDraft(
  writing: Writing<IndicatorsTables>,
  input: DraftInput,
): Promise<Outcome<Published>> {
  const network = await networkOfDraft(writing, input.draft);
  const request = requestOf(writing, 'publishResults', input);
  return perform(writing.owner, { ...request, scope: 'results:publish', network }, async (trx, audit) => {
    await lockPublications(trx);
    const draft = await openDraft(trx, network, input.draft, input.version);
    const results = await draftResults(trx, draft.id, { after: 0, limit: MOST_RESULTS });
    if (results.length === 0) {
      refuse([{ code: 'EMPTY_DRAFT', message: 'expected at least one result', path: ['input', 'draft'] }]);
    }
    refuse(await judge(trx, network, results));
    const entry = {
      network,
      name: draft.id,
      content: results,
      options: { action: 'publish' },
      rows: results.length,
    };
    const { publication, answer } = await publishAs(trx, { ...entry, feed: RESULTS_WRITTEN }, (publishing) =>
      publishCandidates(trx, publishing),
    );
    const after = await closeDraft(trx, writing, draft.id, 'PUBLISHED', publication);
    const counts = {
      publication: Number(publication),
      inserted: answer.inserted,
      corrected: answer.updated,
      unchanged: answer.unchanged,
    };
    await audit({
      networkId: network,
      action: 'RESULTS_PUBLISHED',
      objectId: draft.id,
      before: summary(draft),
      after: { ...summary(draft), ...after, ...counts },
    });
    return { draft: draft.id, ...counts };
  });
}
