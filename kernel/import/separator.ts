import { type Columns, headerKey } from './sheet.ts';

const SEPARATORS = [';', ',', '\t'] as const;

/**
 * The separator under which the first line names most columns of the sheet; with none named, the one that
 * occurs most, so that the report of missing columns shows a sensible header.
 */
export function separatorOf(columns: Columns, head: string): string {
  const first = head.replace(/^[\r\n\s]+/, '').split(/\r?\n|\r/, 1)[0] ?? '';
  const known = new Set(
    Object.entries(columns).flatMap(([name, { header }]) => [name, ...header].map(headerKey)),
  );
  const scores = SEPARATORS.map((separator) => {
    const cells = first.split(separator).map(headerKey);
    return { separator, named: cells.filter((cell) => known.has(cell)).length, cells: cells.length };
  });
  scores.sort((a, b) => b.named - a.named || b.cells - a.cells);
  return scores[0]?.separator ?? ';';
}
