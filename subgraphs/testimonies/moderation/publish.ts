import { sql } from 'kysely';
import type { Written } from '../../../kernel/graphql/mutation.ts';
import type { Writing } from '../../../kernel/write/writing.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type Decision, decide } from './decide.ts';

/**
 * Makes a testimony public, from today on.
 * @throws HubError as `decide`
 */
export const publishTestimony = (
  writing: Writing<TestimoniesDatabase>,
  input: Decision,
  today: string,
): Promise<Written> =>
  decide(writing, { name: 'publishTestimony', verb: 'publish', input }, () => ({
    // A day of writing that a file gave may be ahead of a clock.
    set: sql`published_on = greatest(${today}::date, written_on), decided_on = ${today}::date`,
  }));
