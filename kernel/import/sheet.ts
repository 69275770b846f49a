import type { Column } from './column.ts';
import { type RowProblem, rejected } from './problem.ts';

export type Columns = Readonly<Record<string, Column>>;

/** The values of a row as a rule sees them: canonical text, null where an optional cell was blank. */
type SheetRow<C extends Columns> = {
  readonly [K in keyof C]: C[K] extends Column<true> ? string : string | null;
};

/** What a file of this feed looks like: its columns and the rules between them. */
export interface Sheet<C extends Columns = Columns> {
  kind: 'sheet';
  columns: C;
  /** Rules that need several cells (a rate by its unit, numerator ≤ denominator). Called for rows whose cells are all right. */
  rule?(row: SheetRow<C>): readonly RowProblem[];
  /** Key of the array when the JSON export wraps it (`{"results":[…]}`); default: the first array found. */
  jsonKey?: string;
}

export const sheet = <C extends Columns>(spec: Omit<Sheet<C>, 'kind'>): Sheet<C> => ({
  ...spec,
  kind: 'sheet',
});

/** Name of a header cell without case, accents, spaces or punctuation. */
export const headerKey = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** Values in the order of the sheet's columns, or what is wrong with the row. */
interface Converted {
  values: (string | null)[];
  problems: RowProblem[];
}

/** Characters that PostgreSQL refuses in text: NUL, and halves of surrogate pairs. */
export const unstorable = (cell: string) => cell.includes('\0') || !cell.isWellFormed();

/** Makes the converter of a sheet; it takes cells in the order of its columns (undefined: column absent). */
export function converter<C extends Columns>(
  spec: Sheet<C>,
): (cells: readonly (string | undefined)[]) => Converted {
  const columns = Object.entries(spec.columns).map(([name, column]) => ({
    name,
    column,
    title: column.header[0] ?? name,
  }));
  /** Called for every cell of files of millions of rows. */
  const read = (cell: string, column: Column, title: string, problems: RowProblem[]): string | null => {
    if (cell === '') {
      if (column.required) problems.push(rejected(title, 'REQUIRED', 'expected a value', ''));
      return null;
    }
    if (unstorable(cell)) {
      problems.push(rejected(title, 'BAD_TEXT', 'expected text without NUL or broken characters', cell));
      return null;
    }
    const parsed = column.parse(cell);
    if (typeof parsed === 'string') return parsed;
    problems.push(rejected(title, parsed.code, parsed.message, cell));
    return null;
  };
  return (cells) => {
    const problems: RowProblem[] = [];
    const values: (string | null)[] = [];
    const row: Record<string, string | null> = {};
    for (const { name, column, title } of columns) {
      const value = read(cells[values.length]?.trim() ?? '', column, title, problems);
      values.push(value);
      row[name] = value;
    }
    if (problems.length === 0 && spec.rule !== undefined) problems.push(...spec.rule(row as SheetRow<C>));
    return { values, problems };
  };
}
