import { HubError } from '../../kernel/errors.ts';
import { Refusal } from '../../kernel/raw/status.ts';

/** Exports at once in this process: each holds a connection and a process of the database. */
const MOST_EXPORTS = 4;

/** After how many seconds a refused one may try again. */
const AGAIN = 10;

/** One export at a time for each caller, and a few in all. */
export class ExportPlaces {
  readonly #taken = new Set<string>();

  /**
   * @returns gives the place back
   * @throws HubError RATE_LIMITED for a second one of a caller, SOURCE_UNAVAILABLE when there is no place
   */
  take(caller: string): () => void {
    const again = { retryAfterSeconds: AGAIN };
    if (this.#taken.has(caller)) throw new HubError('RATE_LIMITED', 'You have an export under way.', again);
    if (this.#taken.size >= MOST_EXPORTS)
      throw new Refusal(503, 'SOURCE_UNAVAILABLE', 'Too many exports are under way.', again);
    this.#taken.add(caller);
    return () => this.#taken.delete(caller);
  }
}
