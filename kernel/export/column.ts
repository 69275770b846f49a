import type { RawBuilder } from 'kysely';

/**
 * What a column holds, in each format:
 *
 * | type      | CSV                  | NDJSON          | Parquet                    |
 * | --------- | -------------------- | --------------- | -------------------------- |
 * | id        | text                 | string          | STRING                     |
 * | text      | text, neutralised    | string          | STRING                     |
 * | texts     | joined by ` | `      | list of strings | STRING, joined             |
 * | integer   | digits               | number          | INT32                      |
 * | long      | digits               | number          | INT64                      |
 * | decimal   | digits, a point      | number, exact   | DECIMAL(30, 12)            |
 * | double    | shortest exact       | number          | DOUBLE                     |
 * | boolean   | `true`, `false`      | boolean         | BOOLEAN                    |
 * | date      | `2023-10-30`         | string          | DATE                       |
 * | timestamp | `2023-10-30T08:00:00.000Z` | string    | TIMESTAMP (ms, UTC)        |
 *
 * `id` is for identifiers and words of closed lists, which no spreadsheet runs; `text` for anybody's words.
 */
export type ExportType =
  | 'id'
  | 'text'
  | 'texts'
  | 'integer'
  | 'long'
  | 'decimal'
  | 'double'
  | 'boolean'
  | 'date'
  | 'timestamp';

/** One column of an export: a stable name, documented. */
export interface ExportColumn {
  name: string;
  type: ExportType;
  /** What it says, for the docs and the listing; a sentence. */
  description: string;
  /** Its value, over the rows of the set. Of the SQL type that its `type` says: text, text[], integer, bigint… */
  sql: RawBuilder<unknown>;
}

/** Between the items of a list in one cell. */
export const BETWEEN = ' | ';

/** Columns by type, in the order of the file: `id('network', 'The network.', sql`r.network_id`)`. */
const of =
  (type: ExportType) =>
  (name: string, description: string, sql: RawBuilder<unknown>): ExportColumn => ({
    name,
    type,
    description,
    sql,
  });

export const id = of('id');
export const text = of('text');
export const texts = of('texts');
export const integer = of('integer');
export const long = of('long');
export const decimal = of('decimal');
export const double = of('double');
export const boolean = of('boolean');
export const date = of('date');
export const timestamp = of('timestamp');
