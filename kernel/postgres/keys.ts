import { type RawBuilder, sql } from 'kysely';

/**
 * Keys as rows of one column of text, for a `from`. PostgreSQL does not look into the array while it plans: it
 * expects the same number of keys whatever they are, so that a prepared statement is soon planned once and for all.
 * With `= any($1)` or a bare `unnest($1)` it sees how few keys a page asks for, believes that a plan for them alone
 * is worth making, and makes it again at each execution, which costs more than the execution.
 */
export const rowsOfKeys = (keys: readonly string[] | RawBuilder<readonly string[]>): RawBuilder<unknown> =>
  sql`unnest((select ${keys}::text[] collate "C"))`;
