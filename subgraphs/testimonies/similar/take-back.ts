import type { Written } from '../../../kernel/graphql/mutation.ts';
import { refuse } from '../../../kernel/write/refused.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { removeVote } from './vote.query.ts';
import { onVote, type Vote } from './vote.ts';

/**
 * Takes back what the same person said, as long as its mark is kept.
 * @throws HubError as `onVote`
 */
export const takeBackILivedThis = (writing: Writing<TestimoniesDatabase>, input: Vote): Promise<Written> =>
  onVote(writing, 'takeBackILivedThis', input, async (trx, testimony, mark) => {
    if (await removeVote(trx, testimony, mark)) return;
    const message = 'This person has not said so, or too long ago to be found.';
    refuse([{ code: 'NOT_SAID', message, path: ['input', 'voter'] }]);
  });
