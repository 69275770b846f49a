import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type ConcernInput, onConcern } from './on-concern.ts';
import { LONGEST_REASON, said } from './said.ts';

export interface SendBackReplyInput extends ConcernInput {
  reason: string;
}

/**
 * Asks the structure for changes to its draft; it sees why.
 * @throws HubError as `onConcern`
 */
export const sendBackReply = (
  writing: Writing<TestimoniesDatabase>,
  input: SendBackReplyInput,
): Promise<Written> =>
  onConcern(
    writing,
    { name: 'sendBackReply', step: 'sendBack', action: 'REPLY_SENT_BACK' },
    input,
    async () => {
      const reason = said(input.reason, 'reason', LONGEST_REASON);
      return { reason, sentBackReason: reason };
    },
  );
