/** What takes the cells of one column, one row after the other. */
export interface CellSink {
  /** A value: the bytes of a buffer that will be written over. */
  add(buffer: Buffer, start: number, end: number): void;
  addNull(): void;
}

/** `PGCOPY`, eleven bytes in all, then flags and the length of an extension that there is not. */
const HEADER = 19;

/**
 * Reads what COPY writes in its binary format, chunk by chunk, and gives the bytes of each cell to its column. One
 * reader is for one statement.
 */
export class BinaryRows {
  readonly #columns: readonly CellSink[];
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  constructor(columns: readonly CellSink[]) {
    this.#columns = columns;
  }

  push(chunk: Buffer): void {
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#begun) {
      if (buffer.length < HEADER) {
        this.#rest = Buffer.from(buffer);
        return;
      }
      this.#begun = true;
      at = HEADER;
    }
    for (let next = endOfRow(buffer, at); next > at; next = endOfRow(buffer, at)) {
      this.#row(buffer, at + 2);
      at = next;
    }
    // The chunk will be written over.
    this.#rest = Buffer.from(buffer.subarray(at));
  }

  #row(buffer: Buffer, start: number): void {
    let at = start;
    for (const column of this.#columns) {
      const length = buffer.readInt32BE(at);
      at += 4;
      if (length < 0) column.addNull();
      else {
        column.add(buffer, at, at + length);
        at += length;
      }
    }
  }
}

/** Where the row at a place ends; the same place when it is not all there, or when there is none. */
function endOfRow(buffer: Buffer, start: number): number {
  if (buffer.length < start + 2) return start;
  let at = start + 2;
  for (let left = buffer.readInt16BE(start); left > 0; left -= 1) {
    if (buffer.length < at + 4) return start;
    at += 4 + Math.max(buffer.readInt32BE(at), 0);
    if (buffer.length < at) return start;
  }
  // The trailer is a row of -1 columns.
  return at === start + 2 ? start : at;
}
