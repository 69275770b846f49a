import { badInput } from '../errors.ts';
import { nothingHere } from '../raw/status.ts';
import { EXPORT_FORMATS, type ExportFormat, LAYOUTS, type Layout } from './formats.ts';
import type { ExportSet } from './set.ts';
import type { ExportRequest } from './statement.ts';

/** Names of parameters that are no filters. */
const OWN = ['layout', 'after', 'publication'];

/** What somebody asks, checked, with what is not about the rows. */
export interface AskedExport extends ExportRequest {
  /** The publication that `after` is of; null when it is not said. */
  publication: string | null;
}

/** The set and the format that `results.csv` names, or the set alone. @throws HubError NOT_FOUND */
export function setNamed(
  sets: readonly ExportSet[],
  file: string,
): { set: ExportSet; format: ExportFormat | null } {
  const [name, end] = file.split('.');
  const set = sets.find((each) => each.name === name);
  const format = EXPORT_FORMATS.find((each) => each === end) ?? null;
  if (!set || (end !== undefined && format === null)) throw nothingHere();
  return { set, format };
}

/**
 * Reads the parameters of an export.
 *
 * @param network the network that the caller is held to, null for all
 * @throws HubError BAD_USER_INPUT; FORBIDDEN for another network than the one that the caller is held to
 */
export function readRequest(
  set: ExportSet,
  format: ExportFormat,
  parameters: URLSearchParams,
  network: string | null,
): AskedExport {
  const asked = new Map([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
  const own = OWN.map((name) => {
    const values = asked.get(name);
    asked.delete(name);
    return values;
  });
  const [layouts, after, publications] = own;
  if (network !== null) asked.set(set.networkFilter, [network]);
  const layout = layoutOf(set, format, layouts?.at(-1) ?? 'hub');
  const publication = publications?.at(-1) ?? null;
  if (after && publication === null)
    throw badInput('"after" needs the "publication" that its row is of: header x-publication.');
  const source = set.source(asked);
  return { set, format, layout, source, after: after ?? null, publication };
}

function layoutOf(set: ExportSet, format: ExportFormat, asked: string): Layout {
  const layout = LAYOUTS.find((each) => each === asked);
  if (layout === undefined) throw badInput(`"layout" must be among ${LAYOUTS.join(', ')}.`);
  if (layout === 'hub') return layout;
  if (!set.openData) throw badInput(`${set.name} has no layout of open data.`);
  if (format === 'parquet') throw badInput('The layout of open data is for csv and ndjson.');
  return layout;
}
