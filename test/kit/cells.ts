import { parse } from 'csv-parse/sync';

/** A row of CSV; null where nothing stands between the commas. */
export type Row = Record<string, string | null>;

/** The rows of a file of CSV with a header. */
export const csvRows = (text: string): Row[] =>
  parse(text, { columns: true, cast: (cell, { quoting }) => (cell === '' && !quoting ? null : cell) });

/** The cell of CSV of what JSON or DuckDB says. */
export function cellOf(type: string, value: unknown): string | null {
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  if (Array.isArray(value)) return value.join(' | ');
  if (type === 'decimal')
    return String(value)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  if (type === 'double') return String(Number(value));
  if (type === 'timestamp')
    return new Date(
      String(value)
        .replace(' ', 'T')
        .replace(/(?<!Z)$/, 'Z')
        .replace('ZZ', 'Z'),
    ).toISOString();
  return String(value);
}

/** What DuckDB calls the type of a column in Parquet. */
export const PARQUET_TYPES: Readonly<Record<string, string>> = {
  id: 'VARCHAR',
  text: 'VARCHAR',
  texts: 'VARCHAR',
  integer: 'INTEGER',
  long: 'BIGINT',
  decimal: 'DECIMAL(30,12)',
  double: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
};
