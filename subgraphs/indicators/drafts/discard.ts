import { sql, type Transaction } from 'kysely';
import { perform } from '../../../kernel/write/command.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { textOf } from '../input.ts';
import type { DraftState, IndicatorsTables } from '../tables.ts';
import { draftOf } from './draft.query.ts';
import { noDraft, openDraft, summary } from './save.ts';

export interface DraftInput extends Keyed {
  draft: string;
  version: number;
}

/**
 * The network of a draft that the viewer may see.
 * @throws HubError NOT_FOUND
 */
export async function networkOfDraft({ agent }: Writing<IndicatorsTables>, draft: string): Promise<string> {
  const found = await draftOf(agent, textOf(draft, 'draft'));
  if (found === null) throw noDraft();
  return found.network_id;
}

/**
 * Puts a draft away: it can be read, and never be changed or published.
 * @throws HubError as `saveDraft`
 */
export async function discardDraft(
  writing: Writing<IndicatorsTables>,
  input: DraftInput,
): Promise<{ draft: string }> {
  const network = await networkOfDraft(writing, input.draft);
  const request = requestOf(writing, 'discardResultDraft', input);
  const outcome = await perform(
    writing.owner,
    { ...request, scope: 'drafts:write', network },
    async (trx, audit) => {
      const draft = await openDraft(trx, network, input.draft, input.version);
      const after = await closeDraft(trx, writing, draft.id, 'DISCARDED', null);
      await audit({
        networkId: network,
        action: 'RESULT_DRAFT_DISCARDED',
        objectId: draft.id,
        before: summary(draft),
        after: { ...summary(draft), ...after },
      });
      return { draft: draft.id };
    },
  );
  if (outcome.done === null) throw new Error('Discarding a draft refuses nothing.');
  return outcome.done;
}

/** The last state of a draft. */
export async function closeDraft(
  trx: Transaction<IndicatorsTables>,
  { viewer }: Writing<IndicatorsTables>,
  id: string,
  state: DraftState,
  publication: string | null,
): Promise<{ state: DraftState; version: number }> {
  return trx
    .updateTable('indicators.result_draft')
    .set((row) => ({
      state,
      publication,
      version: row('version', '+', 1),
      updated_at: sql<Date>`clock_timestamp()`,
      updated_by: viewer.subject ?? '',
    }))
    .where('id', '=', id)
    .returning(['state', 'version'])
    .executeTakeFirstOrThrow();
}
