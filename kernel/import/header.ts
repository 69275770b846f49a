import { FileProblem, sampleOf } from './problem.ts';
import { type Columns, headerKey } from './sheet.ts';

interface HeaderMatch {
  /** For each column of the sheet, the rank of its cell in the file; -1 when absent. */
  positions: number[];
  /** Cells of the file that no column takes. */
  ignored: string[];
}

/**
 * Names of columns where the file has others than the feed.
 * @param titles name that the file gives to each column; undefined: none
 */
export function ownTitles(
  columns: Columns,
  titles: readonly (string | undefined)[],
): ReadonlyMap<string, string> {
  const own = new Map<string, string>();
  Object.entries(columns).forEach(([name, { header }], index) => {
    const said = header[0] ?? name;
    const title = sampleOf(titles[index]?.trim() ?? said);
    if (title !== said) own.set(said, title);
  });
  return own;
}

/**
 * Finds the columns of a sheet in a header, without case, accents, spaces or punctuation.
 * Throws DUPLICATE_HEADER and MISSING_COLUMN, saying what was found.
 */
export function matchHeader(columns: Columns, header: readonly string[], line: number): HeaderMatch {
  const keys = header.map(headerKey);
  const twice = header.find(
    (_name, index) => keys[index] !== '' && keys.indexOf(keys[index] ?? '') !== index,
  );
  if (twice !== undefined) {
    throw new FileProblem(
      'DUPLICATE_HEADER',
      `column « ${sampleOf(twice)} » appears twice in the header`,
      line,
    );
  }
  const positions = Object.entries(columns).map(([name, { header: names }]) => {
    const known = [...names, name].map(headerKey);
    return known.map((key) => keys.indexOf(key)).find((at) => at !== -1) ?? -1;
  });
  const missing = Object.entries(columns).filter(
    ([, { required }], index) => required && positions[index] === -1,
  );
  if (missing.length > 0) {
    const wanted = missing.map(([name, { header: names }]) => names[0] ?? name).join(', ');
    throw new FileProblem(
      'MISSING_COLUMN',
      `missing: ${wanted}; the header has: ${header.map(sampleOf).join(', ')}`,
      line,
    );
  }
  const ignored = header.filter((name, index) => name.trim() !== '' && !positions.includes(index));
  return { positions, ignored };
}
