import { log } from '../log.ts';
import type { Refusal } from './verify.ts';

/** Shortest time between two lines about the same reason, in milliseconds. */
const PAUSE = 10_000;

/**
 * Tells the log, and nobody else, why requests are refused: the first one of each reason at once, then one line
 * per pause with the number of those that came meanwhile. Nothing of a request is told: anybody may send one.
 */
export class Refusals {
  private readonly subgraph: string;
  private readonly write: (line: { subgraph: string; refusal: Refusal; count: number }) => void;
  private readonly told = new Map<Refusal, { at: number; since: number }>();

  constructor(
    subgraph: string,
    write = (line: { subgraph: string; refusal: Refusal; count: number }) =>
      log.warn(line, 'requests were refused'),
  ) {
    this.subgraph = subgraph;
    this.write = write;
  }

  /** Counts one; `now` in milliseconds since 1970. */
  add(refusal: Refusal, now: number): void {
    const told = this.told.get(refusal);
    if (told && now - told.at < PAUSE) {
      told.since += 1;
      return;
    }
    this.write({ subgraph: this.subgraph, refusal, count: (told?.since ?? 0) + 1 });
    this.told.set(refusal, { at: now, since: 0 });
  }
}
