import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { decide } from './decide.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/**
 * Takes a public testimony back, with a reason: with its replies, it is in no public view any more.
 * @throws HubError as `decide`
 */
export const withdrawTestimony = (
  writing: Writing<TestimoniesDatabase>,
  input: Refusal,
  today: string,
): Promise<Written> =>
  decide(writing, { name: 'withdrawTestimony', verb: 'withdraw', input }, () => ({
    set: refusalOf(input, today),
    reason: input.reason,
  }));
