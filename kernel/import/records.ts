import type { RowProblem } from './problem.ts';

/** One record of a file, before its cells are typed. */
export interface SourceRecord {
  /** Rank in the file, from 1. */
  record: number;
  /** Line of the file where it begins, from 1. */
  line: number;
  /** Cells in the order of the file's header (CSV) or of the sheet's columns (JSON). */
  cells: readonly (string | undefined)[];
  /** The parsed element, for feeds of nested objects. */
  element?: Readonly<Record<string, unknown>>;
  /** What the reader itself found wrong with it. */
  problems: readonly RowProblem[];
}

/** A file opened as records. */
export interface RecordReader {
  /** Titles of the cells, as the file names them. */
  header: readonly string[];
  /**
   * Columns that the file names otherwise than the feed does first: that name, and the file's own. Complete once
   * the records are read.
   */
  titles(): ReadonlyMap<string, string>;
  /** For each column of the sheet, the rank of its cell; -1 when the file lacks it. */
  positions: readonly number[];
  /** Things worth telling about the file as a whole. */
  notices: readonly string[];
  /** The records, in batches of a few hundred. */
  batches: AsyncIterable<SourceRecord[]>;
}
