import type { ProvenanceRow } from '../../kernel/graphql/builder.ts';
import type { AdministrationsContext } from './context.ts';

/** Where a fact comes from; null when the run that brought it is unknown. */
export async function provenanceOf(
  importId: string | null,
  row: number | null,
  { loaders }: AdministrationsContext,
): Promise<ProvenanceRow | null> {
  const run = importId === null ? null : await loaders.imports.load(importId);
  return run && { ...run, row };
}

/** The same for a fact that always has a run. */
export async function certainProvenance(
  importId: string,
  row: number | null,
  context: AdministrationsContext,
): Promise<ProvenanceRow> {
  const found = await provenanceOf(importId, row, context);
  if (!found) throw new Error(`No import ${importId} in the journal.`);
  return found;
}
