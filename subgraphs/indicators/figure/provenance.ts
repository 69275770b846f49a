import type { ProvenanceRow } from '../../../kernel/graphql/builder.ts';
import type { IndicatorsContext } from '../context.ts';
import type { FigureRow } from './figure.row.ts';

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

/** Where a figure comes from: the journal is read only when somebody asks, once for all figures of a page. */
export async function originOf(
  { import_id, import_row, updated_on }: FigureRow,
  { imported }: IndicatorsContext['loaders'],
): Promise<ProvenanceRow | null> {
  const found = import_id === null ? null : await imported.load(import_id);
  return found && provenanceOf({ ...found, import_row, published_on: updated_on ?? found.published_on });
}
