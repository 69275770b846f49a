/**
 * Most requests remembered at once: more than one process answers before they expire (a deadline is some ten
 * seconds away), in some tens of megabytes at worst.
 */
const MOST = 200_000;

/**
 * The requests that a process has seen, so that none is run twice. One is forgotten when it would be refused for
 * its age or its deadline anyway. Beyond `most`, nothing new is let in: forgetting would open the door again.
 *
 * The memory is that of one process: another instance of the subgraph, or one just started, does not have it.
 * There it is the idempotency key of a mutation that keeps it from being done twice.
 */
export class Nonces {
  private readonly most: number;
  /** By the second in which they expire: what a request says of its expiry is signed, a second one says the same. */
  private readonly bySecond = new Map<number, Set<string>>();
  private size = 0;

  constructor(most = MOST) {
    this.most = most;
  }

  /** Remembers a request until `expires`; both moments in milliseconds since 1970. */
  add({ nonce, expires }: { nonce: string; expires: number }, now: number): 'new' | 'seen' | 'full' {
    this.forget(now);
    const second = Math.ceil(expires / 1000);
    const known = this.bySecond.get(second);
    if (known?.has(nonce)) return 'seen';
    if (this.size >= this.most) return 'full';
    this.size += 1;
    if (known) known.add(nonce);
    else this.bySecond.set(second, new Set([nonce]));
    return 'new';
  }

  private forget(now: number): void {
    for (const [second, nonces] of this.bySecond) {
      if (second * 1000 >= now) continue;
      this.size -= nonces.size;
      this.bySecond.delete(second);
    }
  }
}
