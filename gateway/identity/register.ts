import { setTimeout } from 'node:timers/promises';
import { HubError } from '../../kernel/errors.ts';
import { log } from '../../kernel/log.ts';
import type { Grant } from './grant.ts';
import { livingKeys, livingMembers, revisionOf } from './register.query.ts';
import type { GatewayDb } from './tables.ts';
import { within } from './within.ts';

/** A key as the gateway knows it. */
export interface KnownKey extends Grant {
  secretSha256: Uint8Array;
  dailyQuota: number | null;
  expiresAt: Date | null;
}

/** How long, in milliseconds, what was read may be used. */
export interface RegisterTimes {
  /** Without asking the database whether it changed: the longest time that a revocation takes. */
  freshMs: number;
  /** Shortest pause between two reads asked for by credentials about to be refused. */
  pauseMs: number;
  /** While the database is away; after that nobody is recognised. */
  staleMs: number;
  /** Longest wait of one request for the database. */
  waitMs: number;
  /** After which a read that does not come back, not even with an error, is taken for failed. */
  giveUpMs: number;
}

const TIMES: RegisterTimes = { freshMs: 1000, pauseMs: 100, staleMs: 60_000, waitMs: 1500, giveUpMs: 5000 };

interface Snapshot {
  revision: string;
  keys: ReadonlyMap<string, KnownKey>;
  members: ReadonlyMap<string, Grant>;
}

/**
 * Every living key and member, in memory. What is not here is unknown without a look-up, so that a flood of invented
 * keys costs the database one small read per `pauseMs`, whatever its size; that read tells whether anything was
 * granted or revoked. While nobody asks nothing is read.
 */
export class Register {
  readonly #db: GatewayDb;
  readonly #times: RegisterTimes;
  #snapshot: Snapshot | null = null;
  #checkedAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #failing = false;
  #reading: Promise<void> | null = null;
  #nextReading: Promise<void> | null = null;

  constructor(db: GatewayDb, times: Partial<RegisterTimes> = {}) {
    this.#db = db;
    this.#times = { ...TIMES, ...times };
  }

  /** @throws SOURCE_UNAVAILABLE when the database has been away for too long. */
  async key(id: string): Promise<KnownKey | undefined> {
    return (await this.#current()).keys.get(id);
  }

  /** @throws SOURCE_UNAVAILABLE when the database has been away for too long. */
  async member(issuer: string, subject: string): Promise<Grant | undefined> {
    return (await this.#current()).members.get(personKey(issuer, subject));
  }

  /**
   * Resolves when the database was read again, from now on: nobody is refused on older knowledge, so that a new
   * key works at once. Shared by all who wait. Does nothing while reads fail.
   */
  async renew(): Promise<void> {
    if (this.#failing) return;
    this.#nextReading ??= this.#readAfterPause();
    await this.#patiently(this.#nextReading);
  }

  async #current(): Promise<Snapshot> {
    const { freshMs, staleMs } = this.#times;
    if (performance.now() - this.#checkedAt >= freshMs) await this.#refresh();
    if (this.#snapshot && performance.now() - this.#checkedAt < staleMs) return this.#snapshot;
    throw new HubError('SOURCE_UNAVAILABLE', 'Credentials cannot be checked at the moment.');
  }

  /** Once reads fail nobody waits for them while there is something to go on with. */
  async #refresh(): Promise<void> {
    if (!this.#reading && performance.now() - this.#triedAt >= this.#times.freshMs) void this.#read();
    if (!this.#reading || (this.#failing && this.#snapshot)) return;
    await this.#patiently(this.#reading);
  }

  async #readAfterPause(): Promise<void> {
    await setTimeout(Math.max(0, this.#triedAt + this.#times.pauseMs - performance.now()));
    await this.#reading;
    // From here on a newcomer waits for the one after.
    this.#nextReading = null;
    await this.#read();
  }

  /** Never longer than a request may wait. */
  #patiently(reading: Promise<void>): Promise<void> {
    return within(reading, this.#times.waitMs).catch(() => undefined);
  }

  /** One at a time: a second caller shares the read in flight. */
  #read(): Promise<void> {
    this.#reading ??= this.#readOnce().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOnce(): Promise<void> {
    // What is read may be as old as the moment before.
    const began = performance.now();
    this.#triedAt = began;
    try {
      this.#snapshot = await within(readNewer(this.#db, this.#snapshot), this.#times.giveUpMs);
      this.#checkedAt = began;
      if (this.#failing) log.info('keys and members can be read again');
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) log.error({ err: error }, 'keys and members cannot be read');
      this.#failing = true;
    }
  }
}

/** What there is, or `known` as it is. Read after the revision: a change in between is read again, never missed. */
async function readNewer(db: GatewayDb, known: Snapshot | null): Promise<Snapshot> {
  const revision = await revisionOf(db);
  if (revision === known?.revision) return known;
  const keys = await livingKeys(db);
  const members = await livingMembers(db);
  return {
    revision,
    keys: new Map(
      keys.map((row) => [
        row.id,
        {
          ...grantOf(row),
          secretSha256: row.secret_sha256,
          dailyQuota: row.daily_quota,
          expiresAt: row.expires_at,
        },
      ]),
    ),
    members: new Map(members.map((row) => [personKey(row.issuer, row.subject), grantOf(row)])),
  };
}

const personKey = (issuer: string, subject: string) => JSON.stringify([issuer, subject]);

const grantOf = (row: {
  role: Grant['role'];
  network_id: string | null;
  structure_id: string | null;
}): Grant => ({
  role: row.role,
  network: row.network_id,
  structure: row.structure_id,
});
