import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** An empty cell says nothing. */
export const optional = z.string().transform((cell) => (cell === '' ? null : cell));

/** Rows of a reviewed table, checked; throws a ZodError that names the row and the column. */
export function readRows<S extends z.ZodType>(csv: string, row: S): z.infer<S>[] {
  return z.array(row).parse(parse(csv, { columns: true, skip_empty_lines: true }));
}
