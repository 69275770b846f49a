import { isRecord } from '../record.ts';

/**
 * How far a gateway has followed what is published of a subgraph's data when it calls it
 * (`docs/decisions/0021-shared-answers.md`): the number grows with each change that the gateway sees. What is read after
 * the call is at least as new.
 */
export interface Seen {
  gateway: string;
  since: number;
}

/** Rows that one request reads, and those that others have read before it since the last publication. */
export interface KeptRows {
  /**
   * Reads rows of keys as `load` does, but no key twice between two publications. The rows are shared: nobody may
   * change them.
   *
   * @param kind names what is read, with all that it depends on beside the keys
   */
  through<R>(
    kind: string,
    load: (keys: readonly string[]) => Promise<readonly R[]>,
    keyOf: (row: R) => string,
  ): (keys: readonly string[]) => Promise<readonly R[]>;
}

/** Keeps nothing: for mutations, and where nobody follows what is published. */
export const NOTHING_KEPT: KeptRows = { through: (_kind, load) => load };

/** Gateways that call one subgraph at a time, rows kept of one kind, and characters of a key: clients may write it. */
const MOST_GATEWAYS = 8;
/** A gateway that did not call for so many milliseconds begins anew: it may be gone. */
const IDLE = 60_000;
const MOST_ROWS = 50_000;
const LONGEST_KEY = 200;

/**
 * What a process of a subgraph keeps of published rows, for each gateway that calls it: names and definitions that
 * every page needs. All of it goes when the gateway has seen another publication.
 */
export class Kept {
  /** The one that called last is the last. */
  readonly #gateways = new Map<string, { since: number; rows: KeptRows; calledAt: number }>();

  /** What a request that a gateway sends may use. */
  at(seen: Seen | undefined): KeptRows {
    if (!seen) return NOTHING_KEPT;
    const { gateway, since } = seen;
    const now = performance.now();
    let known = this.#gateways.get(gateway);
    // A request that was on its way while another told of a publication: what it reads may be older than that.
    if (known && since < known.since) return NOTHING_KEPT;
    if (!known || since > known.since) known = { since, rows: new Rows(), calledAt: now };
    known.calledAt = now;
    this.#gateways.delete(gateway);
    this.#gateways.set(gateway, known);
    for (const [oldest, { calledAt }] of this.#gateways) {
      if (this.#gateways.size <= MOST_GATEWAYS && now - calledAt < IDLE) break;
      this.#gateways.delete(oldest);
    }
    return known.rows;
  }
}

class Rows implements KeptRows {
  readonly #kinds = new Map<string, RowsOfKind<unknown>>();

  through<R>(
    kind: string,
    load: (keys: readonly string[]) => Promise<readonly R[]>,
    keyOf: (row: R) => string,
  ): (keys: readonly string[]) => Promise<readonly R[]> {
    // Each kind is written by one loader only, with rows of one type.
    const kept = (this.#kinds.get(kind) ?? new RowsOfKind()) as RowsOfKind<R>;
    this.#kinds.set(kind, kept);
    return async (keys) => {
      const found = keys.map((key) => kept.of(key));
      const missing = keys.filter((_key, index) => !found[index]);
      const read = missing.length > 0 ? Map.groupBy(await load(missing), keyOf) : new Map<string, R[]>();
      for (const key of missing) kept.keep(key, read.get(key) ?? []);
      return keys.flatMap((key, index) => found[index] ?? read.get(key) ?? []);
    };
  }
}

class RowsOfKind<R> {
  readonly #byKey = new Map<string, readonly R[]>();
  #size = 0;

  of(key: string): readonly R[] | undefined {
    return this.#byKey.get(key);
  }

  /** Those kept first make room. */
  keep(key: string, rows: readonly R[]): void {
    if (key.length > LONGEST_KEY || this.#byKey.has(key)) return;
    this.#byKey.set(key, rows);
    this.#size += sizeOf(rows);
    for (const [oldest, others] of this.#byKey) {
      if (this.#size <= MOST_ROWS) return;
      this.#byKey.delete(oldest);
      this.#size -= sizeOf(others);
    }
  }
}

/** A key without rows is kept too. */
const sizeOf = (rows: readonly unknown[]) => Math.max(rows.length, 1);

/** What a call over HTTP says in its extensions; undefined when it says nothing that one could use. */
export function seenIn(body: unknown): Seen | undefined {
  if (!isRecord(body) || !isRecord(body.extensions) || !isRecord(body.extensions.seen)) return undefined;
  const { gateway, since } = body.extensions.seen;
  if (typeof gateway !== 'string' || gateway.length > 64 || !Number.isSafeInteger(since)) return undefined;
  return { gateway, since: Number(since) };
}
