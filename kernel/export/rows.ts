import { sql } from 'kysely';
import { to } from 'pg-copy-streams';
import { type Dedicated, dedicated } from '../postgres/dedicated.ts';
import { written } from './literal.ts';
import type { ExportState } from './set.ts';
import { copyOf, type ExportRequest, type Piece } from './statement.ts';

/** One moment of the database, for all the statements of an export, read as anybody may. */
export type Snapshot = Dedicated<object>;

/**
 * Opens a snapshot on the views of a subgraph: a read-only transaction that sees one moment, without the time limit of
 * the statements of pages.
 */
export async function openSnapshot(databaseUrl: string, subgraph: string): Promise<Snapshot> {
  const opened = await dedicated<object>(databaseUrl, subgraph, 'public', { statementTimeoutMs: 0 });
  try {
    await sql`begin transaction isolation level repeatable read read only`.execute(opened.db);
    // Dates as ISO whatever the server prefers. One export is one process of the server.
    await sql`set local datestyle to 'ISO, YMD'`.execute(opened.db);
    await sql`set local max_parallel_workers_per_gather to 0`.execute(opened.db);
    await sql`set local jit to off`.execute(opened.db);
    await sql`set local work_mem to '32MB'`.execute(opened.db);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

/** The version of what a snapshot shows. */
export async function stateIn({ db }: Snapshot, { set }: Pick<ExportRequest, 'set'>): Promise<ExportState> {
  const { rows } = await set.state.execute(db);
  const [state] = rows;
  if (state === undefined) throw new Error(`the export ${set.name} has no state`);
  return state;
}

/** The pieces of a request that come after the last row of the client, in the order of the file. */
export async function piecesIn({ db }: Snapshot, { source, after }: ExportRequest): Promise<Piece[]> {
  if (!source.pieces) return [[]];
  const { rows } = await source.pieces.execute(db);
  const pieces = rows.map((row) => Object.values(row));
  return after === null ? pieces : pieces.filter((piece) => !isBefore(piece, after));
}

/** By bytes, as the keys of the database are compared. */
function isBefore(piece: Piece, other: Piece): boolean {
  for (const [index, value] of piece.entries()) {
    const order = Buffer.compare(Buffer.from(value), Buffer.from(other[index] ?? ''));
    if (order !== 0) return order < 0;
  }
  return false;
}

/** The rows of a request as the database writes them, one piece after the other, no faster than they are taken. */
export async function* rowsOf(
  { client }: Snapshot,
  request: ExportRequest,
  pieces: readonly Piece[],
): AsyncGenerator<{ bytes: AsyncIterable<Buffer>; rows: () => number }> {
  for (const piece of pieces) {
    const stream = client.query(to(written(copyOf(request, piece))));
    yield { bytes: stream, rows: () => stream.rowCount };
  }
}
