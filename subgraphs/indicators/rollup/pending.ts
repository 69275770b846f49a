import { sql } from 'kysely';

/** SQL: number of the publication under way, of which only the end is written in the journal. */
export const PENDING = sql`(select coalesce(max(publication), 0) + 1 from indicators.import)`;
