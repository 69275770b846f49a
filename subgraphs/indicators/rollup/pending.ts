import { type RawBuilder, sql } from 'kysely';

/** SQL: number of the publication under way, of which only the end is written in the journal. */
export const PENDING = sql`(select coalesce(max(publication), 0) + 1 from indicators.import)`;

/**
 * Results that are not stored yet. They are written when it is known which of them are units and which are withheld:
 * to correct them afterwards would write each of them, and its place in every index, twice.
 */
export interface Pending {
  /** Query of the columns of `result`, but for those that are derived; `gid` numbers the groups of the rows. */
  rows: RawBuilder<unknown>;
  /** Query of these groups: `gid` and the columns that name one. */
  groups: RawBuilder<unknown>;
  /** Writes them, from the parts with `is_pending`; then `is_part` and `hidden` of `part` are final. */
  store(): Promise<void>;
}
