import type pg from 'pg';
import { SteadySocket } from './steady-socket.ts';

/** What comes from the server between the first row and the last: its letter, then four bytes of length. */
const HEAD = 5;
const COPY_DATA = 'd'.charCodeAt(0);
const COPY_DONE = 'c'.charCodeAt(0);
/** CopyOutResponse, and what the server may say at any time: ParameterStatus, NoticeResponse, NotificationResponse. */
const PASSED = new Set(Buffer.from('HSNA'));

/** Blocks of memory that rows are moved into, one set for a connection, used again and again. */
export class Blocks {
  readonly #free: Buffer[];

  constructor(count: number, size: number) {
    this.#free = Array.from({ length: count }, () => Buffer.allocUnsafeSlow(size));
  }

  take(): Buffer | null {
    return this.#free.pop() ?? null;
  }

  give(block: Buffer): void {
    this.#free.push(block);
  }
}

interface Filled {
  block: Buffer;
  length: number;
}

type Listener = (bytes: Buffer) => void;

/**
 * A COPY … TO STDOUT for `client.query`. The server sends a message for each row: they are moved together into blocks,
 * so that what comes after works by block, and neither rows nor blocks are left to the collector. When all blocks are
 * full the connection waits.
 */
export class CopyOut implements pg.Submittable {
  readonly #text: string;
  readonly #blocks: Blocks;
  readonly #full: Filled[] = [];
  readonly #head = Buffer.alloc(HEAD);
  #headLength = 0;
  #isData = false;
  #left = 0;
  #block: Buffer | null = null;
  #at = 0;
  /** What came and found no room. */
  #waiting: Buffer | null = null;
  #connection: pg.Connection | null = null;
  #listener: Listener | null = null;
  #ended = false;
  #dropped = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;
  rowCount = 0;

  constructor(text: string, blocks: Blocks) {
    this.#text = text;
    this.#blocks = blocks;
  }

  submit(connection: pg.Connection): void {
    this.#connection = connection;
    const { stream } = connection;
    this.#listener = stream.listeners('data')[0] as Listener;
    stream.removeListener('data', this.#listener);
    stream.on('data', this.#take);
    if (stream instanceof SteadySocket) stream.copies = false;
    connection.query(this.#text);
  }

  handleError(error: Error): void {
    this.#failure = error;
    this.#end();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.rowCount = Number(/COPY (\d+)/.exec(text)?.[1] ?? 0);
    this.#end();
  }

  handleReadyForQuery(): void {}

  /** The rows, block by block: each is written over when the next is asked for. */
  async *bytes(): AsyncGenerator<Buffer> {
    for (;;) {
      const filled = this.#full.shift();
      if (filled !== undefined) {
        yield filled.block.subarray(0, filled.length);
        this.#blocks.give(filled.block);
        this.#resume();
      } else if (this.#failure !== null) throw this.#failure;
      else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }

  /** Nobody takes the rest any more: it is dropped as it comes, so that the connection hears how the statement ends. */
  drop(): void {
    this.#dropped = true;
    this.#resume();
  }

  readonly #take = (bytes: Buffer): void => {
    const rest = this.#parse(bytes);
    if (rest === null) return;
    this.#waiting = rest;
    this.#connection?.stream.pause();
  };

  #resume(): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#waiting = this.#parse(waiting);
    if (this.#waiting === null) this.#connection?.stream.resume();
  }

  /** Moves rows into blocks; what is left when there is none, else null. */
  #parse(bytes: Buffer): Buffer | null {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left === 0) {
        const part = Math.min(HEAD - this.#headLength, bytes.length - at);
        bytes.copy(this.#head, this.#headLength, at, at + part);
        this.#headLength += part;
        at += part;
        if (this.#headLength < HEAD) return null;
        this.#headLength = 0;
        const code = this.#head[0] ?? 0;
        this.#isData = code === COPY_DATA;
        this.#left = this.#head.readInt32BE(1) - 4;
        if (!this.#isData && !PASSED.has(code)) {
          this.#leave(code === COPY_DONE ? [] : [this.#head], bytes.subarray(at));
          return null;
        }
        if (
          this.#isData &&
          this.#block !== null &&
          this.#at > 0 &&
          this.#left > this.#block.length - this.#at
        )
          this.#fill();
      }
      let part = Math.min(this.#left, bytes.length - at);
      if (this.#isData && !this.#dropped) {
        this.#block ??= this.#blocks.take();
        if (this.#block === null) return bytes.subarray(at);
        part = Math.min(part, this.#block.length - this.#at);
        bytes.copy(this.#block, this.#at, at, at + part);
        this.#at += part;
      }
      at += part;
      this.#left -= part;
      if (this.#block !== null && this.#at === this.#block.length) this.#fill();
    }
    return null;
  }

  /** A block is ready. */
  #fill(): void {
    if (this.#block === null) return;
    this.#full.push({ block: this.#block, length: this.#at });
    this.#block = null;
    this.#at = 0;
    this.#wake();
  }

  /** The connection is that of `pg` again, which gets what is not of the rows. */
  #leave(head: readonly Buffer[], rest: Buffer): void {
    const stream = this.#connection?.stream;
    if (stream === undefined || this.#listener === null) return;
    stream.removeListener('data', this.#take);
    stream.on('data', this.#listener);
    if (stream instanceof SteadySocket) stream.copies = true;
    this.#listener(Buffer.concat([...head, rest]));
  }

  #end(): void {
    if (this.#block !== null) {
      if (this.#at > 0) this.#fill();
      else this.#blocks.give(this.#block);
    }
    this.#block = null;
    this.#ended = true;
    this.#wake();
  }
}
