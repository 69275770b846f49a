import { stringify } from 'csv-stringify/sync';
import { columnsOf, type ExportRequest } from './statement.ts';

/**
 * What comes before the first row: the names of the columns in CSV, nothing in NDJSON. A file of open data begins with
 * a byte order mark and has semicolons, as the platform writes it. What follows `after` is to be appended: it has none.
 */
export function headerOf(request: ExportRequest): string {
  if (request.format !== 'csv' || request.after !== null) return '';
  const open = request.layout === 'open-data';
  const names = columnsOf(request).map(({ name }) => name);
  return (open ? '\ufeff' : '') + stringify([names], { delimiter: open ? ';' : ',' });
}
