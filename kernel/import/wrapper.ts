import { FileProblem } from './problem.ts';

const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** What a byte outside the elements means: the first of an element, the first of a string, or nothing to follow. */
type Outside = 'element' | 'string' | 'other';

/**
 * Follows what surrounds the elements of a JSON text: nothing (`lines`), a list, or an object that holds the
 * list under `key` (default: under any of its keys), other values being skipped.
 */
export class Wrapper {
  readonly #key: string | undefined;
  #stage: 'start' | 'object' | 'elements' | 'tail';
  /** Closing brackets awaited. */
  #open: number[] = [];
  /** Last string at the object's first level: the key when a colon follows. */
  #label: number[] = [];
  #found = false;

  constructor(container: 'list' | 'lines', key: string | undefined) {
    this.#key = key;
    this.#stage = container === 'lines' ? 'elements' : 'start';
  }

  /** A byte outside the elements that is neither blank nor in a string. */
  outside(byte: number, line: number): Outside {
    if (this.#stage === 'elements') return this.#amongElements(byte, line);
    if (byte === QUOTE) {
      this.#label = [];
      return 'string';
    }
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#opened(byte, line);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.#closed(byte, line);
    else if (this.#stage === 'start') throw unexpected(byte, '[ or {', line);
    else if (byte !== COLON) this.#label = [];
    return 'other';
  }

  /** A byte of a string outside the elements. */
  inString(byte: number): void {
    if (this.#stage === 'object' && this.#label.length < 200) this.#label.push(byte);
  }

  /** Throws when the text stopped too early or held no list. */
  end(line: number): void {
    if (this.#open.length > 0) {
      throw new FileProblem('BAD_JSON', 'the file stops before its list is closed: it is truncated', line);
    }
    if (this.#stage === 'start') throw new FileProblem('BAD_JSON', 'the file holds no JSON');
    if (!this.#found && this.#stage === 'tail') {
      const where = this.#key === undefined ? '' : ` under "${this.#key}"`;
      throw new FileProblem('BAD_JSON', `expected a list of objects${where}`);
    }
  }

  #amongElements(byte: number, line: number): Outside {
    if (byte === OPEN_OBJECT) return 'element';
    if (byte === CLOSE_LIST && this.#open.length > 0) this.#closed(byte, line);
    else if (byte !== COMMA) throw unexpected(byte, 'an object', line);
    return 'other';
  }

  #opened(byte: number, line: number): void {
    if (this.#stage === 'tail' && this.#open.length === 0) throw unexpected(byte, 'nothing more', line);
    const label = Buffer.from(this.#label).toString('utf8');
    const wanted = this.#open.length === 1 && (this.#key === undefined || this.#key === label);
    const isList = byte === OPEN_LIST && (this.#stage === 'start' || (this.#stage === 'object' && wanted));
    this.#open.push(byte === OPEN_LIST ? CLOSE_LIST : CLOSE_OBJECT);
    this.#label = [];
    if (isList) {
      this.#found = true;
      this.#stage = 'elements';
    } else if (this.#stage === 'start') this.#stage = 'object';
  }

  #closed(byte: number, line: number): void {
    if (this.#open.pop() !== byte) throw unexpected(byte, 'the other bracket', line);
    if (this.#stage === 'elements' || this.#open.length === 0) this.#stage = 'tail';
  }
}

function unexpected(byte: number, expected: string, line: number): FileProblem {
  const found = byte >= 0x20 && byte < 0x7f ? `« ${String.fromCharCode(byte)} »` : `byte ${byte}`;
  return new FileProblem('BAD_JSON', `expected ${expected}, found ${found}`, line);
}
