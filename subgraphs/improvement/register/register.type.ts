import type { SubjectColumns } from '../tables.ts';
import { workedOnEntries, writableEntries } from './entry.mutation.type.ts';
import { entryLists, entryType, listedEntries, type Readers, readableEntries } from './entry.type.ts';
import type { Register } from './kind.ts';

/**
 * Puts a kind into the graph: its type, where readers and those who work on it find its entries, its mutations.
 *
 * @param listed whether the root has a list of its name; a kind may have one of its own instead
 * @param written whether entries are saved as they are; a kind may have mutations of its own instead
 */
export function registerType<Row extends SubjectColumns>(
  kind: Register<Row>,
  readers: Readers<Row>,
  { listed = true, written = true } = {},
) {
  const type = entryType(kind, readers);
  const lists = entryLists(kind, type);
  readableEntries(kind, type, lists, readers);
  workedOnEntries(kind, lists, readers);
  if (listed) listedEntries(kind, lists, readers);
  if (written) writableEntries(kind, type, readers);
  return { type, connection: lists.connection };
}
