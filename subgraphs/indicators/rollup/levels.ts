import { type RawBuilder, sql } from 'kysely';

/** Rank of a level in SQL: 1 SITE, 2 DEPARTEMENT, 3 REGION, 4 NATIONAL. */
export const levelRank = (level: string): RawBuilder<number> =>
  sql`array_position(array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'], ${sql.ref(level)})`;

/**
 * True when a directory row (alias `row`) exists at some time of a period. A closed day is the first one on
 * which the row no longer holds.
 */
export const openDuring = (row: string, start: string, end: string): RawBuilder<boolean> => sql`(
  (${sql.ref(`${row}.valid_from`)} is null or ${sql.ref(`${row}.valid_from`)} <= ${sql.ref(end)})
  and (${sql.ref(`${row}.valid_to`)} is null or ${sql.ref(`${row}.valid_to`)} > ${sql.ref(start)}))`;
