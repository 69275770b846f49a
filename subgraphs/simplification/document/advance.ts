import { sql } from 'kysely';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { demandVersion } from '../../../kernel/write/version.ts';
import { stateAfter } from '../../../kernel/write/workflow.ts';
import { requestOf, type Versioned, type Writing } from '../../../kernel/write/writing.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { documentWorkflow } from './document.workflow.ts';
import { noDocument } from './save.ts';
import { documentWorks, lockedDocument } from './work.query.ts';

export interface AdvanceDocumentInput extends Versioned {
  id: string;
  step: keyof typeof documentWorkflow.steps;
}

const TOLD = { publish: 'DOCUMENT_PUBLISHED', withdraw: 'DOCUMENT_WITHDRAWN' } as const;

/**
 * Shows a document in the public register, or takes it out of it.
 *
 * @throws HubError as `perform`; NOT_FOUND for a document that does not exist or is out of reach; CONFLICT
 */
export async function advanceDocument(
  writing: Writing<SimplificationDatabase>,
  input: AdvanceDocumentInput,
): Promise<Outcome<{ id: string }>> {
  const id = cleanText(input.id, 'id');
  const [seen] = await documentWorks(writing.agent, [id]);
  if (seen === undefined) throw noDocument();
  const network = seen.network_id;
  const target = {
    ...requestOf(writing, 'advanceDocument', input),
    scope: 'simplification:write' as const,
    network,
  };
  return perform(writing.owner, target, async (trx, audit) => {
    const document = await lockedDocument(trx, network, id);
    if (document === null) throw noDocument();
    const { version, state } = document;
    demandVersion(input.version, version);
    const after = stateAfter(documentWorkflow, input.step, state);
    await sql`
      update simplification.document
         set published = ${after === 'PUBLISHED'}, import_id = null, import_row = null,
             withdrawn_on = case when ${after === 'WITHDRAWN'} then (now() at time zone 'Europe/Paris')::date end
       where network_id = ${network} and id = ${id}`.execute(trx);
    await audit({
      networkId: network,
      action: TOLD[input.step],
      objectId: id,
      before: { state, version },
      after: { state: after, version: version + 1 },
    });
    return { id };
  });
}
