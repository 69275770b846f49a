import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { decide } from './decide.ts';
import { type Refusal, refusalOf } from './refusal.ts';

/**
 * Refuses a testimony that waits for the moderation, with a reason.
 * @throws HubError as `decide`
 */
export const rejectTestimony = (
  writing: Writing<TestimoniesDatabase>,
  input: Refusal,
  today: string,
): Promise<Written> =>
  decide(writing, { name: 'rejectTestimony', verb: 'reject', input }, () => ({
    set: refusalOf(input, today),
    reason: input.reason,
  }));
