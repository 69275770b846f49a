import type { FastifyRateLimitOptions, FastifyRateLimitStore } from '@fastify/rate-limit';

/** How long a window lasts, in milliseconds. */
export const WINDOW = 60_000;

/** Callers that are remembered; the one that was away longest is forgotten first. */
const MOST_CALLERS = 10_000;

/** The requests of one caller, in the window that it is in. */
export interface Window {
  current: number;
  /** When it began, in milliseconds of the clock. */
  began: number;
}

/**
 * The requests of each caller in its window of a minute, which begins with its first request. One for a gateway,
 * whichever way a request takes.
 */
export class Windows {
  readonly #now: () => number;
  /** The caller that came last is the last. */
  readonly #windows = new Map<string, Window>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** The window that a caller is in, to be counted in. */
  of(caller: string): Window {
    const now = this.#now();
    const known = this.#windows.get(caller);
    const window = known && now < known.began + WINDOW ? known : { current: 0, began: now };
    if (known) this.#windows.delete(caller);
    else if (this.#windows.size >= MOST_CALLERS) this.#forgetOldest();
    this.#windows.set(caller, window);
    return window;
  }

  /** Counts a request; `ttl` is what is left of the window, in milliseconds. */
  add(caller: string): { current: number; ttl: number } {
    const window = this.of(caller);
    window.current += 1;
    return { current: window.current, ttl: window.began + WINDOW - this.#now() };
  }

  #forgetOldest(): void {
    for (const oldest of this.#windows.keys()) {
      this.#windows.delete(oldest);
      return;
    }
  }
}

/** These windows as the plugin of limits counts in them. */
export const storeOf = (windows: Windows) =>
  class implements FastifyRateLimitStore {
    // The plugin's type of a store takes its options.
    constructor(_options: FastifyRateLimitOptions) {}
    incr(caller: string, done: Parameters<FastifyRateLimitStore['incr']>[1]): void {
      done(null, windows.add(caller));
    }
    child(): FastifyRateLimitStore {
      return this;
    }
  };
