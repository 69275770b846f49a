import { headerOf } from './header.ts';
import { rowsOf, type Snapshot } from './rows.ts';
import { columnsOf, type ExportRequest, type Piece } from './statement.ts';

/** What has been written so far, for those who watch. */
export interface Written {
  rows: number;
  bytes: number;
}

/**
 * The bytes of an export, from one snapshot, no faster than they are taken: each block is written over when the next is
 * asked for, so that whoever keeps it copies it. The snapshot is closed at the end; when
 * the reader stops before, or something fails, the statement under way is given up.
 *
 * @param version written into files that can tell it
 */
export async function* exportBytes(
  snapshot: Snapshot,
  request: ExportRequest,
  pieces: readonly Piece[],
  version: string,
  written: Written = { rows: 0, bytes: 0 },
): AsyncGenerator<Buffer> {
  let complete = false;
  try {
    for await (const chunk of chunksOf(snapshot, request, pieces, version, written)) {
      written.bytes += chunk.length;
      yield chunk;
    }
    complete = true;
  } finally {
    await (complete ? snapshot.close() : snapshot.abandon());
  }
}

/** The same bytes, for those who keep some while they ask for more. */
export async function* copied(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const block of blocks) yield Buffer.from(block);
}

async function* chunksOf(
  snapshot: Snapshot,
  request: ExportRequest,
  pieces: readonly Piece[],
  version: string,
  written: Written,
): AsyncGenerator<Buffer> {
  const read = async function* () {
    for await (const { bytes, rows } of rowsOf(snapshot, request, pieces)) {
      yield bytes;
      written.rows += rows();
    }
  };
  if (request.format === 'parquet') {
    // The other formats do without its library.
    const { parquetOf } = await import('./parquet.ts');
    const about = { set: request.set.name, layout: request.layout, publication: version };
    yield* parquetOf(columnsOf(request), read(), about);
    return;
  }
  const header = headerOf(request);
  if (header !== '') yield Buffer.from(header);
  for await (const bytes of read()) yield* bytes;
}
