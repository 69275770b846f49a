import type { ExportColumn, ExportType } from './column.ts';

/** What a column of Parquet takes. */
export type Cell = string | number | bigint | boolean | Uint8Array | null;

/** Decimals of a number in Parquet: those that imports accept. */
export const SCALE = 12;

/** Eighteen digits before the point and twelve after it, as a number of the twelfth decimal: so many bytes hold it. */
export const DECIMAL_BYTES = 13;
const LOW_BYTES = 8;

/** `PGCOPY`, eleven bytes in all, then flags and the length of an extension that there is not. */
const HEADER = 19;

/**
 * Reads what COPY writes in its binary format, chunk by chunk, into columns. One reader is for one statement.
 * Each column comes as `statement.ts` selects it for Parquet.
 */
export class BinaryRows {
  readonly #take: readonly Decode[];
  readonly #columns: Cell[][];
  #rest: Buffer = Buffer.alloc(0);
  #begun = false;

  /** @param columns where the values go, one list for each column */
  constructor(types: readonly ExportColumn[], columns: Cell[][]) {
    this.#take = types.map(({ type }) => DECODERS[type]());
    this.#columns = columns;
  }

  push(chunk: Buffer): void {
    const buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    if (!this.#begun) {
      if (buffer.length < HEADER) {
        this.#rest = buffer;
        return;
      }
      this.#begun = true;
      at = HEADER;
    }
    for (let next = endOfRow(buffer, at); next > at; next = endOfRow(buffer, at)) {
      this.#row(buffer, at + 2);
      at = next;
    }
    this.#rest = buffer.subarray(at);
  }

  #row(buffer: Buffer, start: number): void {
    let at = start;
    for (const [index, decode] of this.#take.entries()) {
      const length = buffer.readInt32BE(at);
      at += 4;
      this.#columns[index]?.push(length < 0 ? null : decode(buffer, at, at + length));
      if (length > 0) at += length;
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

type Decode = (buffer: Buffer, start: number, end: number) => Cell;

/** Identifiers come again and again: the one before is recognised by its bytes. */
function repeated(): Decode {
  let bytes: Buffer = Buffer.alloc(0);
  let value = '';
  return (buffer, start, end) => {
    if (bytes.length !== end - start || buffer.compare(bytes, 0, bytes.length, start, end) !== 0) {
      bytes = Buffer.from(buffer.subarray(start, end));
      value = bytes.toString('utf8');
    }
    return value;
  };
}

/** « 78.5 » as a number of the twelfth decimal, in the bytes of the file. Values come again, few of them different. */
function scaled(): Decode {
  const known = new Map<string, Uint8Array>();
  return (buffer, start, end) => {
    const text = buffer.toString('latin1', start, end);
    const found = known.get(text);
    if (found !== undefined) return found;
    const value = bytesOf(unscaled(text));
    if (known.size < 10_000) known.set(text, value);
    return value;
  };
}

/** @throws Error for more decimals than the column holds: no digit is ever dropped */
function unscaled(text: string): bigint {
  const [whole = '', decimals = ''] = text.split('.');
  const kept = decimals.replace(/0+$/, '');
  if (kept.length > SCALE) throw new Error(`a value has more than ${SCALE} decimals`);
  return BigInt(whole + kept.padEnd(SCALE, '0'));
}

/** The highest byte first, negative numbers as complements of two. */
function bytesOf(value: bigint): Uint8Array {
  const bytes = new Uint8Array(DECIMAL_BYTES);
  const view = new DataView(bytes.buffer);
  const high = BigInt.asIntN(64, value >> 64n);
  view.setUint8(0, Number(BigInt.asUintN(8, high >> 32n)));
  view.setUint32(1, Number(BigInt.asUintN(32, high)));
  view.setBigInt64(DECIMAL_BYTES - LOW_BYTES, BigInt.asIntN(64, value));
  return bytes;
}

const plain: Decode = (buffer, start, end) => buffer.toString('utf8', start, end);
const int32: Decode = (buffer, start) => buffer.readInt32BE(start);
const int64: Decode = (buffer, start) => buffer.readBigInt64BE(start);

const DECODERS: Readonly<Record<ExportType, () => Decode>> = {
  id: repeated,
  text: () => plain,
  texts: () => plain,
  integer: () => int32,
  long: () => int64,
  decimal: scaled,
  double: () => (buffer, start) => buffer.readDoubleBE(start),
  boolean: () => (buffer, start) => buffer[start] === 1,
  date: () => int32,
  timestamp: () => int64,
};
