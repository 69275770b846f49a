import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import type { LockedConcern } from './concern-lock.query.ts';
import { type ConcernInput, type ConcernWork, onConcern } from './on-concern.ts';
import { hasText } from './reply-text.query.ts';

/**
 * Asks a super agent of the network to validate a draft.
 * @throws HubError as `onConcern`
 */
export const submitReply = (writing: Writing<TestimoniesDatabase>, input: ConcernInput): Promise<Written> =>
  onConcern(
    writing,
    { name: 'submitReply', step: 'submit', action: 'REPLY_SUBMITTED' },
    input,
    async (trx, concern) => {
      await demandText(trx, concern);
      return { sentBackReason: null };
    },
  );

/** A draft that came by file may be empty: there is nothing to publish then. */
export async function demandText(trx: Parameters<ConcernWork>[0], concern: LockedConcern): Promise<void> {
  if (await hasText(trx, concern)) return;
  refuse([
    { code: 'EMPTY_REPLY', message: 'this reply has no text yet: draft it first', path: ['input', 'id'] },
  ]);
}
