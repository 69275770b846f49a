import type { EngineCode } from './problem.ts';

/** A cell that does not fit its column: the code and what was expected. */
export interface CellProblem {
  code: EngineCode;
  message: string;
}

/** A typed column of a sheet. `Required` is part of the type: a row rule sees `string` instead of `string | null`. */
export interface Column<Required extends boolean = boolean> {
  /** Type of the staging column. */
  pg: 'text' | 'numeric' | 'integer' | 'date';
  required: Required;
  /** Names in the file, best first, matched without case, accents, spaces or punctuation. */
  header: readonly string[];
  /** Checks and canonicalises a cell that is not blank; already trimmed. */
  parse(cell: string): string | CellProblem;
}

export interface ColumnOptions<Required extends boolean> {
  header: string | readonly string[];
  /** Default false: a blank cell becomes NULL; when true it is a rejection, never a zero. */
  required?: Required;
}

/** Makes a column from its parser; the kinds in `columns.ts` cover the usual cases. */
export function column<Required extends boolean = false>(
  options: ColumnOptions<Required>,
  pg: Column['pg'],
  parse: Column['parse'],
): Column<Required> {
  const header = typeof options.header === 'string' ? [options.header] : options.header;
  return { pg, required: (options.required ?? false) as Required, header, parse };
}
