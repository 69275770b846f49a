import { once } from 'node:events';
import { type Parser, parse } from 'csv-parse';
import { matchHeader, ownTitles } from './header.ts';
import { isFilled, MAX_ROW_BYTES, type Place, plainRows, type RawRow } from './plain-rows.ts';
import { FileProblem, rejected } from './problem.ts';
import type { RecordReader, SourceRecord } from './records.ts';
import { separatorOf } from './separator.ts';
import type { Columns } from './sheet.ts';

/**
 * Opens a CSV text (UTF-8, no byte order mark) as records of a sheet.
 * @param head beginning of the text, from which separator and header are read
 * @throws FileProblem on a header that does not fit; while reading, on quotes that do not match
 */
export async function readCsv(
  columns: Columns,
  head: string,
  text: AsyncIterable<Buffer>,
): Promise<RecordReader> {
  const separator = separatorOf(columns, head);
  const rows = parseRows(text, separator, !head.includes('\n') && head.includes('\r'))[
    Symbol.asyncIterator
  ]();
  const first = await rows.next();
  const [title, ...rest] = first.done ? [] : first.value;
  if (title === undefined) throw new FileProblem('EMPTY_FILE', 'the file holds no row');
  const { positions, ignored } = matchHeader(columns, title.cells, title.line);
  const notices = ignored.length === 0 ? [] : [`columns not used: ${ignored.join(', ')}`];
  const titles = ownTitles(
    columns,
    positions.map((at) => title.cells[at]),
  );
  return {
    header: title.cells,
    titles: () => titles,
    positions,
    notices,
    batches: toRecords(rest, rows, title.cells.length),
  };
}

async function* toRecords(
  first: RawRow[],
  following: AsyncIterator<RawRow[]>,
  width: number,
): AsyncGenerator<SourceRecord[]> {
  let record = 0;
  const convert = (rows: RawRow[]) =>
    rows.map(({ line, cells }): SourceRecord => {
      record += 1;
      const ragged = cells.length !== width;
      const problems = ragged
        ? [
            rejected(
              null,
              'RAGGED_ROW',
              `expected ${width} cells as in the header, found ${cells.length}`,
              cells.join(' | '),
            ),
          ]
        : [];
      return { record, line, cells, problems };
    });
  if (first.length > 0) yield convert(first);
  for (let next = await following.next(); !next.done; next = await following.next())
    yield convert(next.value);
}

/** Rows in batches of one chunk of text; blank lines are left out. Lines are those of the file, counted by us. */
async function* parseRows(
  text: AsyncIterable<Buffer>,
  separator: string,
  oldMac: boolean,
): AsyncGenerator<RawRow[]> {
  const place = { line: 1 };
  const chunks = text[Symbol.asyncIterator]();
  const rest = oldMac ? Buffer.alloc(0) : yield* plainRows(chunks, separator, place);
  if (rest === null) return;
  const following = async function* () {
    if (rest.length > 0) yield rest;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  };
  yield* quotedRows(following(), separator, oldMac, place);
}

async function* quotedRows(
  text: AsyncIterable<Buffer>,
  separator: string,
  oldMac: boolean,
  place: Place,
): AsyncGenerator<RawRow[]> {
  let batch: RawRow[] = [];
  const parser = parse({
    delimiter: separator,
    record_delimiter: oldMac ? ['\r'] : ['\r\n', '\n'],
    relax_column_count: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (cells: string[]) => {
      if (cells.some(isFilled)) batch.push({ line: place.line, cells });
      place.line += 1 + (cells.some(isMultiLine) ? breaks(cells, oldMac ? '\r' : '\n') : 0);
      // Nothing goes through the object stream: a batch per chunk costs far less than an event per row.
      return null;
    },
  });
  parser.resume();
  let failure: Error | null = null;
  parser.on('error', (error) => {
    failure ??= error;
  });
  const flush = () => {
    if (failure !== null) throw describe(failure, place.line);
    const full = batch;
    batch = [];
    return full;
  };
  for await (const chunk of text) {
    if (!parser.write(chunk) && failure === null) await drained(parser);
    const rows = flush();
    if (rows.length > 0) yield rows;
  }
  parser.end();
  if (failure === null) await once(parser, 'end').catch(() => undefined);
  const rows = flush();
  if (rows.length > 0) yield rows;
}

const isMultiLine = (cell: string) => cell.includes('\n') || cell.includes('\r');
const breaks = (cells: string[], lineBreak: string) =>
  cells.reduce((count, cell) => count + cell.split(lineBreak).length - 1, 0);

const drained = (parser: Parser) => once(parser, 'drain').catch(() => undefined);

function describe(error: Error, line: number): FileProblem {
  const code = 'code' in error ? String(error.code) : '';
  const column = 'column' in error && typeof error.column === 'number' ? `, cell ${error.column + 1}` : '';
  if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE') {
    return new FileProblem('BAD_CSV', `a quote opened in this row is never closed${column}`, line);
  }
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE') {
    return new FileProblem(
      'BAD_CSV',
      `a quote inside a cell${column}: double it (""), or close the cell before it`,
      line,
    );
  }
  return new FileProblem('BAD_CSV', error.message, line);
}
