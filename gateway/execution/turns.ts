import { HubError } from '../../kernel/errors.ts';

/** How many mutations of one caller run at once; writers of a subgraph have hardly more connections. */
const AT_ONCE = 2;

/** How many more may wait for their turn. */
const MOST_WAITING = 50;

interface Line {
  running: number;
  waiting: (() => void)[];
}

/**
 * Lets the mutations of one caller take turns, so that many large ones of one network leave the others theirs.
 * Counted in this process.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  /** @throws HubError RATE_LIMITED when too many wait already: then nothing of the work was done */
  async run<T>(caller: string, work: () => Promise<T>): Promise<T> {
    let line = this.lines.get(caller);
    if (!line) {
      line = { running: 0, waiting: [] };
      this.lines.set(caller, line);
    }
    await enter(line);
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place.
      const next = line.waiting.shift();
      if (next) next();
      else {
        line.running -= 1;
        if (line.running === 0) this.lines.delete(caller);
      }
    }
  }
}

async function enter(line: Line): Promise<void> {
  if (line.running < AT_ONCE) {
    line.running += 1;
    return;
  }
  if (line.waiting.length >= MOST_WAITING) {
    throw new HubError(
      'RATE_LIMITED',
      `${AT_ONCE} mutations of this caller are under way and ${MOST_WAITING} wait: send the next ones after them.`,
      { retryAfter: 1, http: { status: 429, headers: { 'retry-after': '1' } } },
    );
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  line.waiting.push(resolve);
  await promise;
}
