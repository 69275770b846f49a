import { randomUUID } from 'node:crypto';
import type { Seen } from '../../kernel/graphql/kept.ts';
import { log } from '../../kernel/log.ts';
import { connect } from '../../kernel/postgres/database.ts';
import type { GatewayDatabase, GatewayDb } from '../identity/tables.ts';
import { within } from '../identity/within.ts';
import {
  type Changes,
  changesSince,
  enlist,
  forgetChanges,
  leave,
  watchedDomains,
} from './freshness.query.ts';

/** How long, in milliseconds. */
export interface FreshnessTimes {
  /** What a look at the database says is trusted without another one: what a publication waits for. */
  trustMs: number;
  /** Age of a look from which a request has the next one begun, which nobody waits for. */
  renewMs: number;
  /** Between two notes that this gateway is there, and how long one holds. */
  enlistMs: number;
  leaseMs: number;
  /** What is older than this in the journal of changes goes. */
  keepMs: number;
  /** After which a look that does not come back is taken for failed. */
  giveUpMs: number;
}

const TIMES: FreshnessTimes = {
  trustMs: 25,
  renewMs: 12,
  enlistMs: 10_000,
  leaseMs: 30_000,
  keepMs: 600_000,
  giveUpMs: 1000,
};

/** Schema that every subgraph reads. */
const SHARED_DOMAIN = 'directory';

/**
 * A moment of this process in the order of what it saw of the database: what was read from the database after the
 * moment was taken is at least as new as all that had been published when it was.
 */
export type Moment = number;

/**
 * Tells whether what a gateway keeps is still what is published.
 *
 * The database is looked at once for all the requests of some milliseconds. A look is trusted for `trustMs` from its
 * beginning, by this process's own clock, unless it saw somebody at work: a transaction that publishes shows a lock, and
 * waits at its end until no look without the lock can be trusted any more. So nothing has to reach a gateway for it to
 * be right: one that is cut off, or was stopped and goes on, trusts nothing it looked at long ago. While somebody is at
 * work, each request waits for a look that began after it came.
 */
export class Freshness {
  readonly #db: GatewayDb;
  readonly #times: FreshnessTimes;
  readonly #id = randomUUID();
  #domains: ReadonlySet<string> = new Set();
  #seen: Changes | null = null;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Until when this gateway is known to those who publish. */
  #knownUntil = Number.NEGATIVE_INFINITY;
  /** Since when without a gap: before, nobody waited for it. */
  #knownSince = Number.POSITIVE_INFINITY;
  #moment: Moment = 0;
  readonly #changedAt = new Map<string, Moment>();
  #allChangedAt: Moment = 0;
  #epoch = 0;
  #looking: Promise<void> | null = null;
  #nextLook: Promise<void> | null = null;
  #failing = false;
  #triedAt = Number.NEGATIVE_INFINITY;
  #old: { snapshot: string; at: number } | null = null;
  #timer: NodeJS.Timeout | undefined;

  private constructor(db: GatewayDb, times: FreshnessTimes) {
    this.#db = db;
    this.#times = times;
  }

  /** Opens on a database; while it is away, or not migrated, nothing is known to be fresh. */
  static open(databaseUrl: string, times: Partial<FreshnessTimes> = {}): Freshness {
    const db = connect<GatewayDatabase>(databaseUrl, 'gateway', 'agent', {
      max: 2,
      statementTimeoutMs: 2000,
    });
    const freshness = new Freshness(db, { ...TIMES, ...times });
    freshness.#follow();
    return freshness;
  }

  /**
   * The moment of a request that has just come, or null when it cannot be known. Not a promise as long as a look is
   * trusted.
   *
   * @param domains schemas that the answer depends on, all when omitted
   */
  now(domains?: Iterable<string>): Moment | null | Promise<Moment | null> {
    return this.known(domains) ?? this.#afterLooking();
  }

  /** The moment of a request that has just come, while a look is trusted; undefined when one must be waited for. */
  known(domains?: Iterable<string>): Moment | undefined {
    const age = performance.now() - this.#lookedAt;
    if (age >= this.#times.trustMs || !this.#isQuiet(domains)) return undefined;
    if (age >= this.#times.renewMs && !this.#looking) void this.#look();
    return this.#moment;
  }

  /** Whether nothing of these schemas was seen to change after a moment. */
  holds(since: Moment, domains: Iterable<string>): boolean {
    if (since < this.#allChangedAt) return false;
    for (const domain of domains) if (since < (this.#changedAt.get(domain) ?? 0)) return false;
    return true;
  }

  /** The schemas that answers of these subgraphs depend on; null when one of them does not tell what changes. */
  domainsOf(subgraphs: Iterable<string>): readonly string[] | null {
    const domains = new Set([...subgraphs, SHARED_DOMAIN]);
    for (const domain of domains) if (!this.#domains.has(domain)) return null;
    return [...domains];
  }

  /** What a call that begins now may say of having seen: undefined for a subgraph that does not tell what changes. */
  seenOf(subgraph: string): Seen | undefined {
    const domains = this.domainsOf([subgraph]);
    if (!domains) return undefined;
    const since = Math.max(this.#allChangedAt, ...domains.map((domain) => this.#changedAt.get(domain) ?? 0));
    return { gateway: this.#id, since };
  }

  /** Another number after each change that was seen. */
  get epoch(): number {
    return this.#epoch;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#knownUntil = Number.NEGATIVE_INFINITY;
    await within(leave(this.#db, this.#id), this.#times.giveUpMs).catch(() => undefined);
    await this.#db.destroy();
  }

  #isQuiet(domains: Iterable<string> | undefined): boolean {
    const busy = this.#seen?.busy;
    if (!busy || this.#seen?.day === null) return false;
    if (this.#lookedAt < this.#knownSince || performance.now() >= this.#knownUntil) return false;
    if (busy.length === 0) return true;
    if (!domains) return false;
    for (const domain of domains) if (busy.includes(domain)) return false;
    return true;
  }

  /** What a look says that begins from now on; shared by all who wait for it. */
  async #afterLooking(): Promise<Moment | null> {
    if (this.#failing && performance.now() - this.#triedAt < this.#times.giveUpMs) return null;
    if (this.#looking) {
      this.#nextLook ??= this.#looking.then(() => {
        this.#nextLook = null;
        return this.#look();
      });
      await this.#nextLook;
    } else await this.#look();
    const usable = !this.#failing && this.#seen !== null && this.#seen.day !== null;
    return usable ? this.#moment : null;
  }

  /** One at a time; never rejects. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    const began = performance.now();
    this.#triedAt = began;
    try {
      // A connection that was cut since the last look tells so at the next: another one may be had.
      const changes = await this.#changes().catch((error: unknown) => {
        if (this.#failing) throw error;
        return this.#changes();
      });
      this.#note(changes);
      this.#lookedAt = began;
      if (this.#failing) log.info('what is published can be followed again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing)
        log.error({ err: error }, 'what is published cannot be followed: nothing is shared');
      this.#failing = true;
    }
  }

  #changes(): Promise<Changes> {
    const seen = this.#seen?.snapshot ?? null;
    return within(changesSince(this.#db, seen, [...this.#domains]), this.#times.giveUpMs);
  }

  #note(changes: Changes): void {
    const before = this.#seen;
    this.#seen = changes;
    this.#moment += 1;
    const all = changes.forgotten || changes.day !== before?.day;
    if (all) this.#allChangedAt = this.#moment;
    for (const domain of changes.changed) this.#changedAt.set(domain, this.#moment);
    if (all || changes.changed.length > 0) this.#epoch += 1;
  }

  /** Lets those who publish know that this gateway is there, again and again. */
  #follow(): void {
    const follow = () =>
      this.#enlist().catch((error: unknown) => log.debug({ err: error }, 'this gateway is not enlisted'));
    void follow();
    this.#timer = setInterval(follow, this.#times.enlistMs);
    this.#timer.unref();
  }

  async #enlist(): Promise<void> {
    const { trustMs, leaseMs } = this.#times;
    const began = performance.now();
    if (this.#domains.size === 0) this.#domains = new Set(await watchedDomains(this.#db));
    await enlist(this.#db, { id: this.#id, trustsMs: trustMs, leaseMs });
    if (performance.now() >= this.#knownUntil) this.#knownSince = performance.now();
    // A tenth less, for clocks that do not run alike.
    this.#knownUntil = began + leaseMs * 0.9 - trustMs;
    await this.#forget();
  }

  async #forget(): Promise<void> {
    const at = performance.now();
    const snapshot = this.#seen?.snapshot;
    if (snapshot === undefined) return;
    if (this.#old && at - this.#old.at < this.#times.keepMs) return;
    const { snapshot: old } = this.#old ?? {};
    this.#old = { snapshot, at };
    if (old !== undefined) await forgetChanges(this.#db, old);
  }
}
