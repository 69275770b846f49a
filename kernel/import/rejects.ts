import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { sql } from 'kysely';
import { makeFolder } from '../folder.ts';
import type { ImportProblemTable, ImportTransaction } from './feed.ts';
import { neutralised } from './formula.ts';
import type { RecordReader, SourceRecord } from './records.ts';

const PAGE = 2000;
/** Name of the rejects file of a source: `results.csv.gz` → `results.rejects.csv`. */
export const rejectsName = (fileName: string) =>
  `${basename(fileName)
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,6}$/i, '')}.rejects.csv`;

/**
 * Writes the rejected and quarantined rows, one line per problem: line, column, code, what was expected, then
 * the cells as they were. The file is read once more for it, next to the problems in the same order, so that
 * neither is ever held whole.
 * @returns path of the file
 */
export async function writeRejects(
  trx: ImportTransaction,
  reader: RecordReader,
  folder: string,
  fileName: string,
): Promise<string> {
  makeFolder(folder);
  const path = join(folder, rejectsName(fileName));
  const output = createWriteStream(path);
  const header = ['line', 'column', 'code', 'severity', 'expected', ...reader.header];
  output.write(`\ufeff${line(header)}`);
  await sql`create index on import_problem (record)`.execute(trx);
  const problems = pages(trx);
  let page = await problems.next();
  for await (const batch of reader.batches) {
    let text = '';
    for (const record of batch) {
      if (page.done) break;
      for (const problem of page.value.get(String(record.record)) ?? []) {
        text += line([
          String(problem.line),
          problem.column_name ?? '',
          problem.code,
          problem.severity,
          problem.message,
          ...originalCells(record),
        ]);
      }
      page.value.delete(String(record.record));
      if (page.value.size === 0) page = await problems.next();
    }
    if (text !== '' && !output.write(text)) await once(output, 'drain');
    if (page.done) break;
  }
  output.end();
  await once(output, 'close');
  return path;
}

const line = (cells: readonly string[]) => stringify([cells.map(neutralised)], { delimiter: ';' });

const originalCells = ({ cells, element }: SourceRecord) =>
  element === undefined ? Array.from(cells, (cell) => cell ?? '') : [JSON.stringify(element)];

/** Problems that keep rows out, by record, a page of records at a time. */
async function* pages(trx: ImportTransaction): AsyncGenerator<Map<string, ImportProblemTable[]>, void> {
  let after = '0';
  for (;;) {
    const found = await sql<ImportProblemTable>`
      select record, line, column_name, code, severity, message, sample from import_problem
      where severity <> 'NOTICE' and record in (
        select distinct record from import_problem
        where severity <> 'NOTICE' and record > ${after} order by record limit ${PAGE})
      order by record`.execute(trx);
    const page = Map.groupBy(found.rows, ({ record }) => record);
    if (page.size === 0) return;
    after = found.rows.at(-1)?.record ?? after;
    yield page;
  }
}
