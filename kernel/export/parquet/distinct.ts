const FIRST_BYTES = 4096;
const FIRST_VALUES = 256;

/**
 * Different values, each kept once, as bytes, in the order in which they first came. A table of its own instead of a
 * `Map`: no value becomes a JavaScript object, so that nothing is left to the collector, and the memory is known.
 */
export class Distinct {
  #bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Where each value ends: it begins where the one before ends. */
  #ends = new Uint32Array(FIRST_VALUES);
  #hashes = new Int32Array(FIRST_VALUES);
  /** Open addressing: the index of a value plus one, zero where there is none. Twice as many as values, or more. */
  #slots = new Uint32Array(2 * FIRST_VALUES);
  #last = 0;
  #size = 0;
  #length = 0;

  /** How many values there are. */
  get size(): number {
    return this.#size;
  }

  /** Bytes of all of them. */
  get length(): number {
    return this.#length;
  }

  /** Forgets all of them and keeps the room. */
  clear(): void {
    this.#slots.fill(0);
    this.#last = 0;
    this.#size = 0;
    this.#length = 0;
  }

  /** The bytes of all values, and for each where it is. */
  forEach(take: (bytes: Buffer, start: number, end: number) => void): void {
    for (let index = 0; index < this.#size; index += 1) {
      take(this.#bytes, this.#startOf(index), this.#ends[index] ?? 0);
    }
  }

  /** The index of a value, which is kept when it is new. */
  indexOf(buffer: Buffer, start: number, end: number): number {
    // The same as in the row before, most of the time.
    if (this.#size > 0 && this.#is(this.#last, buffer, start, end)) return this.#last;
    const hash = hashOf(buffer, start, end);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let found = this.#slots[slot] ?? 0; found > 0; found = this.#slots[slot] ?? 0) {
      if (this.#hashes[found - 1] === hash && this.#is(found - 1, buffer, start, end)) {
        this.#last = found - 1;
        return this.#last;
      }
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#size + 1;
    this.#last = this.#add(hash, buffer, start, end);
    return this.#last;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }

  #is(index: number, buffer: Buffer, start: number, end: number): boolean {
    const own = this.#startOf(index);
    if ((this.#ends[index] ?? 0) - own !== end - start) return false;
    const bytes = this.#bytes;
    for (let at = start, other = own; at < end; at += 1, other += 1) {
      if (buffer[at] !== bytes[other]) return false;
    }
    return true;
  }

  #add(hash: number, buffer: Buffer, start: number, end: number): number {
    const length = this.#length + end - start;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#bytes.length));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    buffer.copy(this.#bytes, this.#length, start, end);
    this.#length = length;
    const index = this.#size;
    this.#ends[index] = length;
    this.#hashes[index] = hash;
    this.#size += 1;
    if (this.#size === this.#ends.length) this.#widen();
    return index;
  }

  #widen(): void {
    const ends = new Uint32Array(2 * this.#size);
    const hashes = new Int32Array(2 * this.#size);
    const slots = new Uint32Array(4 * this.#size);
    ends.set(this.#ends);
    hashes.set(this.#hashes);
    for (let index = 0; index < this.#size; index += 1) {
      let slot = (hashes[index] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = index + 1;
    }
    this.#ends = ends;
    this.#hashes = hashes;
    this.#slots = slots;
  }
}

/** FNV-1a of 32 bits, mixed once more: tables look at its last bits. */
function hashOf(buffer: Buffer, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (buffer[at] ?? 0), 0x01000193);
  return hash ^ (hash >>> 15);
}
