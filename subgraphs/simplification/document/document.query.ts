import { type Kysely, sql } from 'kysely';
import type { DocumentRow, SimplificationDatabase } from '../tables.ts';

/** The published documents among `ids`, in any order. */
export function documentsById(
  db: Kysely<SimplificationDatabase>,
  ids: readonly string[],
): Promise<DocumentRow[]> {
  return db
    .selectFrom('simplification.published_document')
    .select(['network_id', 'id', 'title', 'kind', 'reference', 'url'])
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute();
}
