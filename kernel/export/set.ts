import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ExportColumn } from './column.ts';
import { type ExportFilters, type Given, readFilters } from './filter.ts';

/** The rows of a set, or what a layout adds to them. */
export interface ExportSource {
  /** After `from`: tables of what is published, with their aliases. */
  from: RawBuilder<unknown>;
  /** Conditions that hold together. */
  where: readonly RawBuilder<SqlBool>[];
  /** For a set in pieces: the values of their columns, in order, of those that may hold a row. */
  pieces?: RawBuilder<Record<string, string>>;
}

/** The columns of the open data of the programme, for files that its feeds read back. */
export interface OpenDataLayout {
  description: string;
  columns: readonly ExportColumn[];
  /** What its columns need beside the rows of the set: joins, written after them, and conditions. */
  joins: RawBuilder<unknown>;
  where: readonly RawBuilder<SqlBool>[];
}

/** What a set stands for at the moment of a request. */
export interface ExportState {
  /** Changes whenever a row of the set, or a name that it shows, may have. */
  version: string;
  /** When it last changed; null where that is not known. */
  modified: Date | null;
}

/** Everything about one export: columns, filters, order, parts. Declared by the subgraph that owns the rows. */
interface Declaration<F extends ExportFilters> {
  /** As in `/export/<name>.csv`. */
  name: string;
  description: string;
  filters: F;
  /** The filter that holds a headquarters to its own network. */
  networkFilter: keyof F & string;
  columns: readonly ExportColumn[];
  openData: OpenDataLayout | null;
  /** Names of the columns whose values name a row, in the order of the file: there is an index in that order. */
  key: readonly string[];
  source(given: Given<F>): ExportSource;
  /** What to count when somebody asks for the parts: values of filters, under their names. */
  partitions: { readonly [K in keyof F & string]?: RawBuilder<unknown> };
  /** One row, an `ExportState`. */
  state: RawBuilder<ExportState>;
}

/** A declaration, its filters read from the texts of a request. */
export interface ExportSet extends Omit<Declaration<ExportFilters>, 'source'> {
  /** @throws HubError BAD_USER_INPUT */
  source(asked: ReadonlyMap<string, readonly string[]>): ExportSource;
}

/** Declares a set. */
export const defineExport = <F extends ExportFilters>(set: Declaration<F>): ExportSet => ({
  ...set,
  source: (asked) => set.source(readFilters(set.filters, asked)),
});

/** All conditions hold; true where there is none. */
export const allOf = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);

/** A condition for a filter that is given, none otherwise. */
export const when = <T>(
  value: T | null,
  condition: (value: T) => RawBuilder<SqlBool>,
): RawBuilder<SqlBool>[] => (value === null ? [] : [condition(value)]);
