import type { CellSink } from './copy-binary.ts';
import { Distinct } from './distinct.ts';

/** The cells of one column in the rows of one group: what they hold, each value once, and which is where. */
export class Cells implements CellSink {
  readonly distinct = new Distinct();
  #indexes = new Uint32Array(1024);
  #levels = new Uint8Array(1024);
  #rows = 0;
  #present = 0;

  get rows(): number {
    return this.#rows;
  }

  /** For each row 1, or 0 where it has no value: the definition levels of Parquet. */
  get levels(): Uint8Array {
    return this.#levels.subarray(0, this.#rows);
  }

  /** For each row that has a value, which one. */
  get indexes(): Uint32Array {
    return this.#indexes.subarray(0, this.#present);
  }

  add(buffer: Buffer, start: number, end: number): void {
    this.#level(1);
    this.#indexes[this.#present] = this.distinct.indexOf(buffer, start, end);
    this.#present += 1;
  }

  addNull(): void {
    this.#level(0);
  }

  clear(): void {
    this.distinct.clear();
    this.#rows = 0;
    this.#present = 0;
  }

  #level(level: 0 | 1): void {
    if (this.#rows === this.#levels.length) {
      const levels = new Uint8Array(2 * this.#rows);
      const indexes = new Uint32Array(2 * this.#rows);
      levels.set(this.#levels);
      indexes.set(this.#indexes);
      this.#levels = levels;
      this.#indexes = indexes;
    }
    this.#levels[this.#rows] = level;
    this.#rows += 1;
  }
}
