import { HubError } from '../../kernel/errors.ts';
import { log } from '../../kernel/log.ts';
import type { GatewayDb } from './tables.ts';
import { addUse, type UseToAdd, usedOn } from './use.query.ts';
import { within } from './within.ts';

/** Where a caller stands in its quota of the day. */
export interface Quota {
  /** Requests per UTC day. */
  limit: number;
  remaining: number;
  /** Seconds until midnight UTC, when the count starts again. */
  resetSeconds: number;
}

/** How often what was counted is written, in milliseconds. */
export interface UseTimes {
  /** Of keys with a quota, which other gateways must know of. */
  quotaMs: number;
  /** Of other keys, whose last use is shown to the minute. */
  otherMs: number;
}

const TIMES: UseTimes = { quotaMs: 1000, otherMs: 60_000 };

/** Longest wait of a request for what its key has used, in milliseconds. */
const PATIENCE = 1500;

/** What one key used in one day. */
interface Count {
  keyId: string;
  day: string;
  limit: number | null;
  /** The total that the database last told: what this process and others have written. */
  written: number;
  /** Sent to the database, not confirmed yet. */
  sent: number;
  /** Not sent yet. */
  waiting: number;
  lastUsedAt: Date;
  dueAt: number;
  /** Resolves once `written` is known. */
  known: Promise<void>;
}

/**
 * Counts the requests of keys per UTC day, and writes them in batches: nobody waits for that. A quota is exact
 * within one process; several gateways learn of each other's counts when they write their own, every second.
 * While the database is away counting goes on in memory: a quota is no authority.
 */
export class KeyUse {
  readonly #db: GatewayDb;
  readonly #times: UseTimes;
  readonly #now: () => Date;
  readonly #counts = new Map<string, Count>();
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> | null = null;
  #failing = false;

  constructor(db: GatewayDb, times: Partial<UseTimes> = {}, now: () => Date = () => new Date()) {
    this.#db = db;
    this.#times = { ...TIMES, ...times };
    this.#now = now;
    this.#timer = setInterval(() => void this.#write(false), this.#times.quotaMs).unref();
  }

  /**
   * One more request of a key; null when it has no quota.
   *
   * @throws RATE_LIMITED, and counts nothing, when the quota is used up; `extensions` tell `limit`, `remaining`
   *   and `retryAfterSeconds`.
   */
  async count(keyId: string, limit: number | null): Promise<Quota | null> {
    const now = this.#now();
    const count = this.#countOf(keyId, limit, now);
    if (limit !== null) await count.known;
    const used = count.written + count.sent + count.waiting;
    const resetSeconds = secondsToMidnight(now);
    if (limit !== null && used >= limit)
      throw new HubError('RATE_LIMITED', `The quota of ${limit} requests per day (UTC) is used up.`, {
        limit,
        remaining: 0,
        retryAfterSeconds: resetSeconds,
      });
    count.waiting += 1;
    count.lastUsedAt = now;
    return limit === null ? null : { limit, remaining: limit - used - 1, resetSeconds };
  }

  /** Writes what is left. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.#write(true);
  }

  #countOf(keyId: string, limit: number | null, now: Date): Count {
    const day = now.toISOString().slice(0, 10);
    const name = `${day} ${keyId}`;
    const known = this.#counts.get(name);
    if (known) {
      known.limit = limit;
      return known;
    }
    const count: Count = {
      keyId,
      day,
      limit,
      written: 0,
      sent: 0,
      waiting: 0,
      lastUsedAt: now,
      dueAt: 0,
      known: Promise.resolve(),
    };
    if (limit !== null) count.known = this.#readWritten(count);
    this.#counts.set(name, count);
    return count;
  }

  async #readWritten(count: Count): Promise<void> {
    try {
      const written = await within(usedOn(this.#db, count.keyId, count.day), PATIENCE);
      count.written = Math.max(count.written, written);
    } catch (error) {
      log.warn({ err: error }, 'the use of a key cannot be read: counting from zero until it can be written');
    }
  }

  /** One batch at a time, so that what a batch tells is never older than what is known. */
  async #write(all: boolean): Promise<void> {
    if (this.#writing) return;
    const now = performance.now();
    const due = [...this.#counts.values()].filter(
      ({ waiting, dueAt }) => waiting > 0 && (all || dueAt <= now),
    );
    if (due.length > 0) {
      this.#writing = this.#send(due).finally(() => {
        this.#writing = null;
      });
      await this.#writing;
    }
    this.#forgetPastDays();
  }

  async #send(due: readonly Count[]): Promise<void> {
    for (const count of due) {
      count.sent = count.waiting;
      count.waiting = 0;
    }
    try {
      const totals = new Map(
        (await addUse(this.#db, due.map(toAdd))).map(({ keyId, day, total }) => [`${day} ${keyId}`, total]),
      );
      for (const count of due) {
        count.written = totals.get(`${count.day} ${count.keyId}`) ?? count.written + count.sent;
        count.sent = 0;
        const pause = count.limit === null ? this.#times.otherMs : this.#times.quotaMs;
        count.dueAt = performance.now() + pause;
      }
      this.#failing = false;
    } catch (error) {
      for (const count of due) {
        count.waiting += count.sent;
        count.sent = 0;
      }
      if (!this.#failing)
        log.error({ err: error }, 'the use of keys cannot be written: it is kept for later');
      this.#failing = true;
    }
  }

  #forgetPastDays(): void {
    const today = this.#now().toISOString().slice(0, 10);
    for (const [name, { day, waiting, sent }] of this.#counts)
      if (day < today && waiting + sent === 0) this.#counts.delete(name);
  }
}

const toAdd = ({ keyId, day, sent, lastUsedAt }: Count): UseToAdd => ({
  keyId,
  day,
  requests: sent,
  lastUsedAt,
});

const DAY_SECONDS = 86_400;

const secondsToMidnight = (now: Date) => DAY_SECONDS - (Math.floor(now.getTime() / 1000) % DAY_SECONDS);
