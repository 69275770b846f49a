/**
 * What a problem does to its row: REJECTED blocks the publication unless the operator accepts the rejects;
 * QUARANTINED keeps the row out (it names something unknown) but never blocks; NOTICE changes nothing.
 */
export type Severity = 'REJECTED' | 'QUARANTINED' | 'NOTICE';

/** Codes that the engine itself gives; a feed may add its own (upper snake case). */
export type EngineCode =
  | 'REQUIRED'
  | 'TOO_LONG'
  | 'BAD_TEXT'
  | 'BAD_CODE'
  | 'NOT_A_DECIMAL'
  | 'NOT_AN_INTEGER'
  | 'NOT_A_DATE'
  | 'NOT_ALLOWED'
  | 'NOT_A_SCALAR'
  | 'OUT_OF_RANGE'
  | 'RAGGED_ROW'
  | 'DUPLICATE_COLUMN'
  | 'DUPLICATE_ROW'
  | 'CONTRADICTORY_ROW';

/** A problem of one cell or one row; `message` says what was expected, in words for the file's author. */
export interface RowProblem {
  /** The column as the file names it, or null when the whole row is concerned. */
  column: string | null;
  code: EngineCode | (string & {});
  severity: Severity;
  message: string;
  /** What was found, cut to `SAMPLE_LENGTH` characters. */
  sample: string | null;
}

const SAMPLE_LENGTH = 80;

/** Cuts a cell to a length that fits a report, on one line and without characters that a terminal obeys. */
export function sampleOf(cell: string): string {
  const flat = cell.slice(0, SAMPLE_LENGTH * 2).replace(/[\p{C}\s]+/gu, ' ');
  return flat.length > SAMPLE_LENGTH ? `${flat.slice(0, SAMPLE_LENGTH).toWellFormed()}…` : flat;
}

/** A rejection, the usual answer of a cell or of a row rule. */
export const rejected = (
  column: string | null,
  code: RowProblem['code'],
  message: string,
  cell?: string | null,
): RowProblem => ({
  column,
  code,
  severity: 'REJECTED',
  message,
  sample: cell === undefined || cell === null ? null : sampleOf(cell),
});

/** Codes of what is wrong with the file as a whole. */
export type FileCode =
  | 'NO_FILE'
  | 'NOT_A_FILE'
  | 'EMPTY_FILE'
  | 'ARCHIVE'
  | 'DAMAGED_GZIP'
  | 'TOO_LARGE'
  | 'NUL_BYTE'
  | 'BAD_ENCODING'
  | 'DUPLICATE_HEADER'
  | 'MISSING_COLUMN'
  | 'BAD_CSV'
  | 'BAD_JSON'
  | 'BAD_OPTION';

/** The file (or the command) cannot be read at all: nothing was imported, nothing changed. */
export class FileProblem extends Error {
  readonly code: FileCode;
  /** Line of the file, from 1; null when the whole file is concerned. */
  readonly line: number | null;

  constructor(code: FileCode, message: string, line: number | null = null) {
    super(line === null ? message : `line ${line}: ${message}`);
    this.name = 'FileProblem';
    this.code = code;
    this.line = line;
  }
}
