import type { ProvenanceRow } from '../../../kernel/graphql/builder.ts';

/** Columns that come from the journal of imports; all null where a row comes from none. */
export interface Imported {
  source: string | null;
  file_name: string | null;
  licence: string | null;
  imported_at: Date | null;
  published_on: string | null;
  import_row?: number | null;
}

/** Where a row comes from, null when it comes from no import. */
export function provenanceOf(row: Imported): ProvenanceRow | null {
  if (row.source === null || row.imported_at === null) return null;
  return {
    source: row.source,
    file: row.file_name,
    license: row.licence,
    importedAt: row.imported_at,
    publishedOn: row.published_on,
    row: row.import_row ?? null,
  };
}
