import { sql } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type Decision, decide } from './decide.ts';

/**
 * Puts a refused testimony before the moderation again; the reason it had is in the audit.
 * @throws HubError as `decide`
 */
export const reconsiderTestimony = (
  writing: Writing<TestimoniesDatabase>,
  input: Decision,
  today: string,
): Promise<Written> =>
  decide(writing, { name: 'reconsiderTestimony', verb: 'reconsider', input }, () => ({
    set: sql`published_on = null, decided_on = ${today}::date, rejection_code = null, rejection_reason = null`,
  }));
