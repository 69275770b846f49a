import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { badInput } from '../errors.ts';
import { BETWEEN, type ExportColumn } from './column.ts';
import type { ExportFormat, Layout } from './formats.ts';
import { allOf, type ExportSet, type ExportSource } from './set.ts';

/** What is asked of a set, checked. */
export interface ExportRequest {
  set: ExportSet;
  format: ExportFormat;
  layout: Layout;
  source: ExportSource;
  /** The key of the last row that the client has; null from the beginning. */
  after: readonly string[] | null;
}

export const columnsOf = ({ set, layout }: Pick<ExportRequest, 'set' | 'layout'>): readonly ExportColumn[] =>
  layout === 'open-data' && set.openData ? set.openData.columns : set.columns;

const isRunBySpreadsheets = String.raw`^'*[=+\-@\t\r]`;
const isNumber = String.raw`^[+-]?[\d\s\u00a0\u202f]+(?:[.,]\d+)?\s*%?$`;

/** `'=+-@`, tab and return: what the first character must be for the rest to be looked at, a tenth of the cost. */
const FIRST = sql.raw('39, 61, 43, 45, 64, 9, 13');

/** As `neutralised` of `kernel/import/formula.ts`, by the database. All of these come before letters, and `@` is the last. */
export const neutralisedSql = (value: RawBuilder<unknown>): RawBuilder<string> => sql`
  case when ascii(${value}) > 64 then ${value}
       when ascii(${value}) in (${FIRST}) and ${value} ~ ${sql.lit(isRunBySpreadsheets)} and ${value} !~ ${sql.lit(isNumber)}
       then '''' || ${value} else ${value} end`;

const joined = (value: RawBuilder<unknown>) =>
  sql`nullif(array_to_string(${value}, ${sql.lit(BETWEEN)}), '')`;
const instant = (value: RawBuilder<unknown>) =>
  sql`to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The value of a column as the database writes it in a format. */
function valueIn(format: ExportFormat, { type, sql: value }: ExportColumn): RawBuilder<unknown> {
  if (format === 'ndjson') return type === 'timestamp' ? instant(value) : value;
  if (format === 'csv') {
    switch (type) {
      case 'text':
        return neutralisedSql(value);
      case 'texts':
        return neutralisedSql(joined(value));
      case 'boolean':
        return sql`(${value})::text`;
      case 'timestamp':
        return instant(value);
      default:
        return value;
    }
  }
  // Binary rows, for Parquet: see `copy-binary.ts`.
  switch (type) {
    case 'texts':
      return joined(value);
    case 'decimal':
      return sql`(${value})::text`;
    case 'date':
      return sql`(${value}) - date '1970-01-01'`;
    case 'timestamp':
      return sql`floor(extract(epoch from ${value}) * 1000)::bigint`;
    case 'double':
      return sql`(${value})::double precision`;
    case 'long':
      return sql`(${value})::bigint`;
    case 'integer':
      return sql`(${value})::integer`;
    default:
      return value;
  }
}

/** Columns of the key with what orders them. */
export function keyOf({ key, columns }: ExportSet): ExportColumn[] {
  return key.map((name) => {
    const column = columns.find((each) => each.name === name);
    if (column === undefined) throw new Error(`the key of an export names no column ${name}`);
    return column;
  });
}

const SQL_TYPES = { id: 'text', date: 'date', integer: 'integer' } as const;

/** A value of the key as a client sends it back. @throws HubError BAD_USER_INPUT */
function keyValue(column: ExportColumn, value: string): RawBuilder<unknown> {
  const type = SQL_TYPES[column.type as keyof typeof SQL_TYPES];
  if (type === undefined) throw new Error(`a key cannot hold the column ${column.name}`);
  const fits = { text: /^/, date: /^\d{4}-(0\d|1[0-2])-[0-3]\d$/, integer: /^\d{1,9}$/ }[type];
  if (!fits.test(value)) throw badInput(`"after" has a value that is no ${column.name}.`);
  return sql`${value}::${sql.raw(type)}`;
}

/** The rows that come after a row, in the order of the key. */
function laterThan(set: ExportSet, after: readonly string[]): RawBuilder<SqlBool> {
  const columns = keyOf(set);
  if (after.length !== columns.length)
    throw badInput(`"after" needs ${columns.length} values, in this order: ${set.key.join(', ')}.`);
  const values = columns.map((column, index) => keyValue(column, after[index] ?? ''));
  return sql`(${sql.join(columns.map((column) => column.sql))}) > (${sql.join(values)})`;
}

/** The values of the leading columns of the key that name a piece of a set. */
export type Piece = readonly string[];

/** The rows of a request, or of one piece of it, in the order of the key. */
export function selectOf(request: ExportRequest, piece: Piece = []): RawBuilder<unknown> {
  const { set, format, layout, source, after } = request;
  const open = layout === 'open-data' ? set.openData : null;
  const key = keyOf(set);
  const conditions = [
    ...source.where,
    ...(open?.where ?? []),
    ...piece.map((value, index): RawBuilder<SqlBool> => sql`${key[index]?.sql} = ${value}`),
    ...(after ? [laterThan(set, after)] : []),
  ];
  const columns = columnsOf(request).map(
    (column) => sql`${valueIn(format, column)} as ${sql.id(column.name)}`,
  );
  return sql`
    select ${sql.join(columns)} from ${source.from} ${open?.joins ?? sql``}
     where ${allOf(conditions)} order by ${sql.join(key.map((column) => column.sql))}`;
}

/** The COPY statement that writes the rows in a format, without header. */
export function copyOf(request: ExportRequest, piece: Piece = []): RawBuilder<unknown> {
  const rows = selectOf(request, piece);
  switch (request.format) {
    case 'csv':
      return request.layout === 'open-data'
        ? sql`copy (${rows}) to stdout (format csv, delimiter ';')`
        : sql`copy (${rows}) to stdout (format csv)`;
    case 'ndjson':
      // JSON escapes every control character: with two of them as quote and delimiter, nothing is ever quoted.
      return sql`copy (select row_to_json(one) from (${rows}) as one)
        to stdout (format csv, delimiter e'\\x02', quote e'\\x01')`;
    case 'parquet':
      return sql`copy (${rows}) to stdout (format binary)`;
  }
}
