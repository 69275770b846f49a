import { FileProblem } from './problem.ts';
import { Wrapper } from './wrapper.ts';

/** One object of a JSON list, not yet parsed. */
export interface RawElement {
  /** Line of the file where it begins. */
  line: number;
  json: Buffer;
}

export type Container = 'list' | 'lines';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LF = 0x0a;
const isOpening = (byte: number) => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number) => byte === 0x7d || byte === 0x5d;
const isBlank = (byte: number) => byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;

/** Longest element: a longer one is a bracket that was never closed, and must not fill the memory. */
const MAX_ELEMENT_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a JSON text into the objects of its list without parsing it whole: `[{…}]`, `{"key":[{…}]}` or objects
 * one after the other (`lines`). It only follows strings and brackets, byte by byte: all of them are ASCII, so
 * UTF-8 needs no decoding and a raw U+2028 in a text is nothing special.
 */
export class ElementSplitter {
  readonly #wrapper: Wrapper;
  /** Brackets open in the current element; 0 between elements. */
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #elementLine = 0;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(container: Container, key: string | undefined) {
    this.#wrapper = new Wrapper(container, key);
  }

  /** Takes the next bytes of the text; gives the elements that they complete. */
  push(chunk: Buffer): RawElement[] {
    const elements: RawElement[] = [];
    let start = this.#depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (byte === LF) this.#line += 1;
      if (this.#inString) this.#string(byte);
      else if (this.#depth === 0) start = this.#between(byte) ? at : start;
      else if (this.#closes(byte)) {
        elements.push(this.#take(chunk.subarray(start, at + 1)));
        start = -1;
      }
    }
    if (start !== -1) this.#keep(chunk.subarray(start));
    return elements;
  }

  /** Throws when the text stopped in the middle. */
  end(): void {
    if (this.#depth > 0) {
      throw new FileProblem(
        'BAD_JSON',
        'the file stops inside this element: it is truncated',
        this.#elementLine,
      );
    }
    this.#wrapper.end(this.#line);
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    if (this.#depth === 0 && this.#inString) this.#wrapper.inString(byte);
  }

  /** A byte between elements; true when one begins with it. */
  #between(byte: number): boolean {
    if (isBlank(byte)) return false;
    const meaning = this.#wrapper.outside(byte, this.#line);
    this.#inString = meaning === 'string';
    if (meaning !== 'element') return false;
    this.#depth = 1;
    this.#elementLine = this.#line;
    return true;
  }

  /** A byte of an element, outside its strings; true when it is the last. */
  #closes(byte: number): boolean {
    if (byte === QUOTE) this.#inString = true;
    else if (isOpening(byte)) this.#depth += 1;
    else if (isClosing(byte)) this.#depth -= 1;
    return this.#depth === 0;
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > MAX_ELEMENT_BYTES) {
      throw new FileProblem('BAD_JSON', 'this element is never closed', this.#elementLine);
    }
    this.#parts.push(part);
  }

  #take(last: Buffer): RawElement {
    const json = this.#parts.length === 0 ? last : Buffer.concat([...this.#parts, last]);
    this.#parts = [];
    this.#size = 0;
    return { line: this.#elementLine, json };
  }
}
