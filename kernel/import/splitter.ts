import { FileProblem } from './problem.ts';

/** One object of a JSON list, not yet parsed. */
export interface RawElement {
  line: number;
  json: Buffer;
}

export type Container = 'list' | 'lines';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const isBlank = (byte: number) => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;

/** Longest element: a longer one is a bracket that was never closed, and must not fill the memory. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a JSON text into the objects of its list without parsing it whole: `[{…}]`, `{"key":[{…}]}` (the array
 * under `key`, else the first array) or objects one after the other (`lines`). It only follows strings and
 * brackets, byte by byte: all of them are ASCII, so UTF-8 needs no decoding.
 */
export class ElementSplitter {
  readonly #key: string | undefined;
  #stage: 'start' | 'wrapper' | 'elements' | 'tail' = 'start';
  /** Brackets open outside the elements. */
  #outer: number[] = [];
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #elementLine = 0;
  #parts: Buffer[] = [];
  #size = 0;
  /** Text of the last string at the wrapper's first level: the key when a colon follows. */
  #label: number[] = [];
  #found = false;

  constructor(container: Container, key: string | undefined) {
    this.#key = key;
    if (container === 'lines') this.#stage = 'elements';
  }

  push(chunk: Buffer): RawElement[] {
    const elements: RawElement[] = [];
    let start = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === LF) this.#line += 1;
      if (this.#inString) {
        this.#string(byte);
      } else if (this.#depth > 0) {
        this.#nested(byte);
        if (this.#depth === 0) {
          elements.push(this.#take(chunk.subarray(start, at + 1)));
          start = -1;
        }
      } else if (this.#between(byte)) {
        start = at;
      }
    }
    if (start !== -1) this.#keep(chunk.subarray(start));
    return elements;
  }

  /** Throws when the text stopped in the middle. */
  end(): void {
    if (this.#depth > 0)
      throw new FileProblem(
        'BAD_JSON',
        'the file stops inside this element: it is truncated',
        this.#elementLine,
      );
    if (this.#outer.length > 0 || this.#inString)
      throw new FileProblem(
        'BAD_JSON',
        'the file stops before its list is closed: it is truncated',
        this.#line,
      );
    if (this.#stage === 'start') throw new FileProblem('BAD_JSON', 'the file holds no JSON');
    if (!this.#found && this.#stage === 'tail') {
      throw new FileProblem(
        'BAD_JSON',
        `expected a list of objects${this.#key === undefined ? '' : ` under "${this.#key}"`}`,
      );
    }
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    if (this.#inString && this.#stage === 'wrapper' && this.#label.length < 200) this.#label.push(byte);
  }

  #nested(byte: number): void {
    if (byte === QUOTE) this.#inString = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#depth -= 1;
  }

  /** A byte outside the elements; true when an element begins with it. */
  #between(byte: number): boolean {
    if (isBlank(byte)) return false;
    if (this.#stage === 'elements') return this.#elementByte(byte);
    if (byte === QUOTE) {
      this.#inString = true;
      this.#label = [];
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#open(byte);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.#close(byte);
    else if (this.#stage === 'start') throw this.#unexpected(byte, '[ or {');
    else if (byte !== COLON) this.#label = [];
    return false;
  }

  #elementByte(byte: number): boolean {
    if (byte === OPEN_OBJECT) {
      this.#depth = 1;
      this.#elementLine = this.#line;
      return true;
    }
    if (byte === CLOSE_LIST && this.#outer.length > 0) this.#close(byte);
    else if (byte !== COMMA) throw this.#unexpected(byte, 'an object');
    return false;
  }

  #open(byte: number): void {
    if (this.#stage === 'tail' && this.#outer.length === 0) throw this.#unexpected(byte, 'nothing more');
    const label = Buffer.from(this.#label).toString('utf8');
    const listed = byte === OPEN_LIST && !this.#found;
    const wanted = this.#outer.length === 1 && (this.#key === undefined || this.#key === label);
    const isList = listed && (this.#stage === 'start' || (this.#stage === 'wrapper' && wanted));
    this.#outer.push(byte === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT);
    this.#label = [];
    if (isList) {
      this.#found = true;
      this.#stage = 'elements';
    } else if (this.#stage === 'start') this.#stage = 'wrapper';
  }

  #close(byte: number): void {
    if (this.#outer.pop() !== byte) throw this.#unexpected(byte, 'the other bracket');
    if (this.#stage === 'elements' || this.#outer.length === 0) this.#stage = 'tail';
  }

  #unexpected(byte: number, expected: string): FileProblem {
    const found = byte >= 0x20 && byte < 0x7f ? `« ${String.fromCharCode(byte)} »` : `byte ${byte}`;
    return new FileProblem('BAD_JSON', `expected ${expected}, found ${found}`, this.#line);
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > MAX_ELEMENT_BYTES)
      throw new FileProblem('BAD_JSON', 'this element is never closed', this.#elementLine);
    this.#parts.push(part);
  }

  #take(last: Buffer): RawElement {
    const json = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#size = 0;
    return { line: this.#elementLine, json };
  }
}
