import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { badInput, HubError } from '../../../kernel/errors.ts';
import { perform } from '../../../kernel/write/command.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { type Keyed, requestOf, type Writing } from '../../../kernel/write/writing.ts';
import { type Optional, saidText, textOf } from '../input.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type Draft, lockedDraft, putResults } from './draft.query.ts';
import { judge } from './judge.ts';
import { type TypedInput, typedResults } from './typed.ts';

export interface SaveInput extends Keyed {
  network: string;
  draft?: Optional<string>;
  version?: Optional<number>;
  title: string;
  results: readonly TypedInput[];
}

/**
 * Keeps results as they were typed, as a new draft or in the place of what a draft held. What is wrong with them is
 * kept beside and answered; it keeps nothing from being saved.
 * @throws HubError as `perform`; NOT_FOUND for a draft that is not of this network; CONFLICT when it was written
 *   since, published or discarded
 */
export async function saveDraft(
  writing: Writing<IndicatorsTables>,
  input: SaveInput,
): Promise<{ draft: string }> {
  const title = saidText(input.title, 'title');
  const results = typedResults(input.results);
  const { network } = input;
  const request = requestOf(writing, 'saveResultDraft', input);
  const outcome = await perform(
    writing.owner,
    { ...request, scope: 'drafts:write', network },
    async (trx, audit) => {
      const before = input.draft ? await openDraft(trx, network, input.draft, input.version) : null;
      if (!before && input.version) throw badInput('A new draft has no "version": leave it out.');
      const problems = await judge(trx, network, results);
      const id = before?.id ?? `DRAFT-${randomUUID()}`;
      const version = (before?.version ?? 0) + 1;
      const subject = writing.viewer.subject ?? '';
      const content = { title, results: results.length, problems: JSON.stringify(problems) };
      await trx
        .insertInto('indicators.result_draft')
        .values({
          ...content,
          id,
          network_id: network,
          version,
          state: 'DRAFT',
          publication: null,
          created_by: subject,
          updated_by: subject,
        })
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({ ...content, version, updated_by: subject, updated_at: sql`clock_timestamp()` }),
        )
        .execute();
      await putResults(trx, { draft: id, network, results });
      await audit({
        networkId: network,
        action: 'RESULT_DRAFT_SAVED',
        objectId: id,
        before: before && summary(before),
        after: { title, version, state: 'DRAFT', results: results.length, problems: problems.length },
      });
      return { draft: id };
    },
  );
  if (outcome.done === null) throw new Error('Saving a draft refuses nothing.');
  return outcome.done;
}

/** What the audit says of a draft: its results are in the draft. */
export const summary = ({ title, version, state, results, problems }: Draft) => ({
  title,
  version,
  state,
  results,
  problems: problems.length,
});

/**
 * A draft that may still be written, under lock.
 * @throws HubError BAD_USER_INPUT without a version, NOT_FOUND, CONFLICT
 */
export async function openDraft(
  trx: Parameters<typeof lockedDraft>[0],
  network: string,
  id: string,
  version: Optional<number>,
): Promise<Draft> {
  if (version === null || version === undefined)
    throw badInput('"version" is needed: that of the draft as it was read.');
  const draft = await lockedDraft(trx, network, textOf(id, 'draft'));
  if (draft === null) throw noDraft();
  demandVersion(version, draft.version);
  if (draft.state === 'DRAFT') return draft;
  const what = draft.state === 'PUBLISHED' ? 'published' : 'discarded';
  throw new HubError('CONFLICT', `This draft is ${what}: nothing of it changes any more.`, {
    version: draft.version,
  });
}

/** One of another network is answered alike. */
export const noDraft = () => new HubError('NOT_FOUND', 'No such draft.');
