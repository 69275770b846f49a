import { sql } from 'kysely';
import { type Dedicated, dedicated } from '../postgres/dedicated.ts';
import { Blocks, CopyOut } from './copy-out.ts';
import { written } from './literal.ts';
import type { ExportState } from './set.ts';
import { copyOf, type ExportRequest, type Piece } from './statement.ts';
import { SteadySocket } from './steady-socket.ts';

/** One moment of the database, for all the statements of an export, read as anybody may. */
export interface Snapshot extends Dedicated<object> {
  /** A second connection at the same moment, which reads ahead; null where an export has one only. */
  ahead: Dedicated<object> | null;
}

/** What is read ahead of what is taken on each connection: so many blocks, of so many bytes. */
const AHEAD = 4;
const BLOCK = 128 * 1024;

/**
 * Opens a snapshot on the views of a subgraph: a read-only transaction that sees one moment, without the time limit of
 * the statements of pages.
 * @param options `ahead`: two processes of the server write pieces in turn, instead of one
 */
export async function openSnapshot(
  databaseUrl: string,
  subgraph: string,
  options: { ahead?: boolean } = {},
): Promise<Snapshot> {
  const first = await openAt(databaseUrl, subgraph, null);
  if (!options.ahead) return { ...first, ahead: null };
  try {
    const { rows } = await sql<{ moment: string }>`select pg_export_snapshot() as moment`.execute(first.db);
    const second = await openAt(databaseUrl, subgraph, rows[0]?.moment ?? null);
    return {
      ...first,
      ahead: second,
      close: async () => void (await Promise.all([first.close(), second.close()])),
      abandon: async () => void (await Promise.all([first.abandon(), second.abandon()])),
    };
  } catch (error) {
    await first.close();
    throw error;
  }
}

async function openAt(
  databaseUrl: string,
  subgraph: string,
  moment: string | null,
): Promise<Dedicated<object>> {
  const opened = await dedicated<object>(databaseUrl, subgraph, 'public', {
    statementTimeoutMs: 0,
    stream: () => new SteadySocket(),
  });
  try {
    await sql`begin transaction isolation level repeatable read read only`.execute(opened.db);
    if (moment !== null) await sql`set transaction snapshot ${sql.lit(moment)}`.execute(opened.db);
    // Dates as ISO whatever the server prefers. One connection is one process of the server.
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

/**
 * The rows of a request as the database writes them, one piece after the other, no faster than they are taken. A block
 * of bytes is written over when the next is asked for.
 */
export async function* rowsOf(
  { client, ahead }: Snapshot,
  request: ExportRequest,
  pieces: readonly Piece[],
): AsyncGenerator<{ bytes: AsyncIterable<Buffer>; rows: () => number }> {
  const lanes = [client, ...(ahead === null ? [] : [ahead.client])].map((each) => ({
    client: each,
    blocks: new Blocks(AHEAD, BLOCK),
  }));
  const begin = (piece: Piece, rank: number) => {
    const lane = lanes[rank % lanes.length];
    if (lane === undefined) throw new Error('an export reads on one connection at least');
    return lane.client.query(new CopyOut(written(copyOf(request, piece)), lane.blocks));
  };
  // The piece that is taken, and those that are read ahead on the other connections.
  const begun = pieces.slice(0, lanes.length).map(begin);
  try {
    for (const rank of pieces.keys()) {
      const [taken] = begun;
      if (taken !== undefined) yield { bytes: taken.bytes(), rows: () => taken.rowCount };
      begun.shift();
      const next = pieces[rank + lanes.length];
      if (next !== undefined) begun.push(begin(next, rank + lanes.length));
    }
  } finally {
    for (const copy of begun) copy.drop();
  }
}
