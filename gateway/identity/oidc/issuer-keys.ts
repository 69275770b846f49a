import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { HubError } from '../../../kernel/errors.ts';
import { log } from '../../../kernel/log.ts';

/** How long, in milliseconds, the keys of a provider are used and left alone. */
export interface KeyTimes {
  /** Older keys are read again, while they go on being used. */
  refreshMs: number;
  /** The longest that keys are used while the provider does not answer. */
  keepMs: number;
  /** Shortest pause between two reads, whatever tokens come. */
  cooldownMs: number;
  /** The same while no key is known at all. */
  retryMs: number;
}

const MINUTE = 60_000;
const TIMES: KeyTimes = {
  refreshMs: 10 * MINUTE,
  keepMs: 24 * 60 * MINUTE,
  cooldownMs: MINUTE / 2,
  retryMs: 5000,
};

interface Known {
  find: JWTVerifyGetKey;
  readAt: number;
}

/**
 * The keys of one identity provider. They survive its outages, follow its rotations, and no stream of tokens with
 * invented key ids makes the hub ask it more often than the cooldown allows.
 */
export class IssuerKeys {
  readonly #read: () => Promise<JSONWebKeySet>;
  readonly #times: KeyTimes;
  readonly #now: () => number;
  #known: Known | null = null;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  /** @param now a clock in milliseconds that never goes back. */
  constructor(
    read: () => Promise<JSONWebKeySet>,
    times: Partial<KeyTimes> = {},
    now = () => performance.now(),
  ) {
    this.#read = read;
    this.#times = { ...TIMES, ...times };
    this.#now = now;
  }

  /** Reads the keys ahead of the first token; a provider that is away stops nothing. */
  prefetch(): void {
    void this.#refresh();
  }

  /**
   * The key of a token, for `jwtVerify`.
   *
   * @throws JWKSNoMatchingKey when the provider has no such key; SOURCE_UNAVAILABLE while its keys are not known.
   */
  find: JWTVerifyGetKey = async (header, token) => {
    const known = await this.#current();
    try {
      return await known.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // Perhaps a key that the provider has just begun to use.
      await this.#refresh();
      const renewed = this.#known;
      if (!renewed || renewed === known) throw error;
      return renewed.find(header, token);
    }
  };

  async #current(): Promise<Known> {
    const { refreshMs, keepMs } = this.#times;
    const age = this.#known ? this.#now() - this.#known.readAt : Number.POSITIVE_INFINITY;
    if (age >= keepMs) await this.#refresh();
    else if (age >= refreshMs) void this.#refresh();
    if (this.#known && this.#now() - this.#known.readAt < keepMs) return this.#known;
    throw new HubError('SOURCE_UNAVAILABLE', 'Tokens cannot be checked: their issuer does not answer.');
  }

  /** One read at a time, never sooner than the cooldown; does not throw. */
  async #refresh(): Promise<void> {
    const pause = this.#known ? this.#times.cooldownMs : this.#times.retryMs;
    if (!this.#reading && this.#now() - this.#triedAt >= pause) {
      this.#triedAt = this.#now();
      this.#reading = this.#readOnce(this.#triedAt).finally(() => {
        this.#reading = null;
      });
    }
    await this.#reading;
  }

  async #readOnce(readAt: number): Promise<void> {
    try {
      this.#known = { find: createLocalJWKSet(await this.#read()), readAt };
    } catch (error) {
      log.warn({ err: error }, 'the keys of the identity provider cannot be read');
    }
  }
}
