import type { Transaction } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { perform } from '../../../kernel/write/command.ts';
import { Refused } from '../../../kernel/write/refused.ts';
import type { Keyed, Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { lockVotes, secretOf } from './vote.query.ts';
import { markOf, voterOf } from './voter.ts';

/** « I lived a similar experience », or its contrary. */
export interface Vote extends Keyed {
  testimony: string;
  voter?: string | null | undefined;
}

/** What is done with the mark of a voter, while votes on this testimony take turns. */
type Work = (trx: Transaction<TestimoniesDatabase>, testimony: string, mark: Buffer) => Promise<void>;

/**
 * A command on a vote. The voter becomes a mark before anything is stored, the memory of commands included. There is
 * no line in the audit: it would tell for ever at what second somebody voted.
 *
 * @param name the mutation
 * @throws HubError as `perform`: UNAUTHENTICATED for anybody; NOT_FOUND for what is not public
 */
export async function onVote(
  { viewer, owner, requestId }: Writing<TestimoniesDatabase>,
  name: string,
  { idempotencyKey, ...input }: Vote,
  work: Work,
): Promise<Written> {
  try {
    const testimony = cleanText(input.testimony, 'testimony');
    const voter = voterOf(viewer, input.voter);
    const secret = await secretOf(owner, testimony);
    const mark = markOf(secret, voter);
    const said = { testimony, mark: mark.toString('base64url') };
    const request = { viewer, requestId, name, idempotencyKey, input: said, scope: null, network: null };
    const outcome = await perform(owner, request, async (trx) => {
      await lockVotes(trx, testimony, secret);
      await work(trx, testimony, mark);
      // Nothing that says on what somebody voted: answers are kept beside who sent the request.
      return {};
    });
    return outcome.done === null ? outcome : { done: { id: testimony }, userErrors: [] };
  } catch (error) {
    if (error instanceof Refused) return { done: null, userErrors: error.userErrors };
    throw error;
  }
}
