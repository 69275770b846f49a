import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { concernId } from './concern-id.ts';
import type { LockedConcern } from './concern-lock.query.ts';
import { type ConcernInput, type ConcernWork, onConcern } from './on-concern.ts';
import { dropText } from './reply-text.query.ts';
import { LONGEST_REASON, said } from './said.ts';
import { addHolder, concernedOf, LAST_POSITION, structureBelow } from './transfer.query.ts';

export interface TransferReplyInput extends ConcernInput {
  /** Id of the structure that owes the reply from now on. */
  to: string;
  reason: string;
}

/**
 * Hands a reply on to a structure below, which owes it under an id of its own; delays still count from the day of
 * the testimony. What was drafted is put away. Where no structure is known, those of the whole network are below, or
 * those below the structure that a local referent answers for.
 * @param today ISO date: which structures are open
 * @throws HubError as `onConcern`
 */
export const transferReply = (
  writing: Writing<TestimoniesDatabase>,
  input: TransferReplyInput,
  today: string,
): Promise<Written> =>
  onConcern(
    writing,
    { name: 'transferReply', step: 'transfer', action: 'REPLY_TRANSFERRED' },
    input,
    async (trx, concern) => {
      const reason = said(input.reason, 'reason', LONGEST_REASON);
      const top = concern.structure_id ?? writing.viewer.structure;
      const position = await newPosition(trx, concern, { to: input.to, top, today });
      await dropText(trx, concern);
      return {
        reason,
        sentBackReason: null,
        told: { to: concernId(concern.testimony_id, position), structure: input.to },
      };
    },
  );

/** The rank under which the other structure owes the reply. */
async function newPosition(
  trx: Parameters<ConcernWork>[0],
  concern: LockedConcern,
  { to, top, today }: { to: string; top: string | null; today: string },
): Promise<number> {
  const below = await structureBelow(trx, concern, { to, top, today });
  if (below === null)
    refuse([fault('NOT_BELOW', 'expected an open structure below this one, in its network')]);
  const concerned = await concernedOf(trx, concern);
  if (concerned.some(({ structure_id: structure }) => structure === to)) {
    refuse([fault('ALREADY_CONCERNED', 'this structure is concerned by the same testimony already')]);
  }
  const position = Math.max(3, ...concerned.map((other) => other.position)) + 1;
  if (position > LAST_POSITION) {
    refuse([fault('TOO_MANY_TRANSFERS', 'this testimony was handed on too often: reply to it')]);
  }
  await addHolder(trx, concern, { position, structure: to, site: below?.site_id ?? null });
  return position;
}

const fault = (code: string, message: string) => ({ code, message, path: ['input', 'to'] });
