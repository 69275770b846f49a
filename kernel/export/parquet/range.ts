import type { Value } from './values.ts';

/** The least and the greatest of the values that it is told, by which readers leave groups out. */
export class Range {
  #least: Value | undefined;
  #greatest: Value | undefined;

  add(value: Value): void {
    if (Number.isNaN(value)) return;
    if (this.#least === undefined || isLess(value, this.#least)) this.#least = value;
    if (this.#greatest === undefined || isLess(this.#greatest, value)) this.#greatest = value;
  }

  /** Both, kept for the end of the file; nothing where there was no value. */
  bounds(): { min_value?: Value; max_value?: Value } {
    if (this.#least === undefined || this.#greatest === undefined) return {};
    return { min_value: kept(this.#least), max_value: kept(this.#greatest) };
  }
}

/** Texts by their bytes, which is how Parquet orders them. */
const isLess = (value: Value, other: Value): boolean =>
  value instanceof Uint8Array
    ? Buffer.compare(value, other as Uint8Array) < 0
    : value < (other as number | bigint);

/** The bytes of a text are written over by the next group. */
const kept = (value: Value): Value => (value instanceof Uint8Array ? Uint8Array.from(value) : value);
