import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { addVote } from './vote.query.ts';
import { onVote, type Vote } from './vote.ts';

/**
 * Counts somebody who lived a similar experience, once per person and testimony.
 * @throws HubError as `onVote`
 */
export const sayILivedThis = (writing: Writing<TestimoniesDatabase>, input: Vote): Promise<Written> =>
  onVote(writing, 'sayILivedThis', input, async (trx, testimony, mark) => {
    if (await addVote(trx, testimony, mark)) return;
    refuse([{ code: 'ALREADY_SAID', message: 'This person has said so before.', path: ['input', 'voter'] }]);
  });
