import { type Kysely, sql } from 'kysely';
import type { ProvenanceRow } from '../../kernel/graphql/builder.ts';
import type { AdministrationsDatabase } from './tables.ts';

/** What the journal says of an import, under the id of the run. */
export type ImportRow = Omit<ProvenanceRow, 'row'> & { id: string };

/** The runs that brought facts, by id; the line of a fact stands with the fact. */
export function importsById(
  db: Kysely<AdministrationsDatabase>,
  ids: readonly string[],
): Promise<ImportRow[]> {
  return db
    .selectFrom('administrations.import as import')
    .select([
      'import.id',
      sql<string>`coalesce(import.source, import.feed)`.as('source'),
      'import.file_name as file',
      'import.licence as license',
      sql<Date>`coalesce(import.finished_at, import.started_at)`.as('importedAt'),
      'import.published_on as publishedOn',
    ])
    .where(sql<boolean>`import.id = any(${ids}::uuid[])`)
    .execute();
}
