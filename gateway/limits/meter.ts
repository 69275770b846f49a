import { HubError } from '../../kernel/errors.ts';
import type { Viewer } from '../../kernel/viewer.ts';

/** What operations may cost, in objects. */
export interface CostLimits {
  /** One operation of anybody, or of a partner. */
  public: number;
  /** One operation of a known role. */
  internal: number;
  /** All operations of one caller in a minute; 0 for no such budget. */
  perMinute: number;
}

/** Who is charged: `id` names the key or the person, or the address of a caller that nobody knows. */
export interface Payer {
  id: string;
  viewer: Viewer;
}

/** What the caller is told of an operation that may run. */
export interface Charge {
  estimate: number;
  limit: number;
  /** What is left of the caller's budget, in objects; null without one. */
  remaining: number | null;
}

/** Budgets that are remembered; the caller that was away longest is forgotten first. */
const MOST_PAYERS = 10_000;

const MINUTE = 60_000;

/** Most that one operation of this viewer may cost. */
export const limitFor = ({ role }: Viewer, limits: Pick<CostLimits, 'public' | 'internal'>): number =>
  role === 'PUBLIC' ? limits.public : limits.internal;

interface Budget {
  left: number;
  /** When `left` was right, in milliseconds of the clock. */
  at: number;
}

/**
 * Charges callers for what their operations may cost at most: each has a budget that refills steadily, whole in a
 * minute. Counted in this process; two processes give two budgets.
 */
export class CostMeter {
  private readonly limits: CostLimits;
  private readonly now: () => number;
  /** The caller that came last is the last. */
  private readonly budgets = new Map<string, Budget>();

  constructor(limits: CostLimits, now: () => number = () => performance.now()) {
    this.limits = limits;
    this.now = now;
  }

  /**
   * To be called before anything runs. What is refused costs nothing.
   *
   * @param estimate what `compileCost` says, in objects
   * @throws HubError COST_LIMIT (400) for one operation that is too dear, with `estimate` and `limit`
   * @throws HubError RATE_LIMITED (429) for a budget that is spent, with `retryAfter` in seconds
   */
  charge({ id, viewer }: Payer, estimate: number): Charge {
    const limit = limitFor(viewer, this.limits);
    if (estimate > limit) throw tooDear(estimate, limit);
    if (this.limits.perMinute === 0) return { estimate, limit, remaining: null };
    // Else an operation that is allowed might never run.
    const whole = Math.max(limit, this.limits.perMinute);
    const budget = this.budgetOf(id, whole);
    if (estimate > budget.left) {
      const retryAfter = Math.max(1, Math.ceil(((estimate - budget.left) / whole) * (MINUTE / 1000)));
      throw spent(estimate, Math.floor(budget.left), retryAfter);
    }
    budget.left -= estimate;
    return { estimate, limit, remaining: Math.floor(budget.left) };
  }

  /** Most that one operation of this viewer may cost. */
  limitOf(viewer: Viewer): number {
    return limitFor(viewer, this.limits);
  }

  /** How many callers are remembered. */
  get size(): number {
    return this.budgets.size;
  }

  private budgetOf(id: string, whole: number): Budget {
    const at = this.now();
    const known = this.budgets.get(id);
    const budget = known ?? { left: whole, at };
    budget.left = Math.min(whole, budget.left + ((at - budget.at) / MINUTE) * whole);
    budget.at = at;
    if (known) this.budgets.delete(id);
    else this.makeRoom();
    this.budgets.set(id, budget);
    return budget;
  }

  private makeRoom(): void {
    if (this.budgets.size < MOST_PAYERS) return;
    for (const oldest of this.budgets.keys()) {
      this.budgets.delete(oldest);
      return;
    }
  }
}

function tooDear(estimate: number, limit: number): HubError {
  return new HubError(
    'COST_LIMIT',
    `This operation may give ${estimate} objects, more than the ${limit} allowed: ask for smaller pages with "first", for fewer levels, or in several operations.`,
    { estimate, limit, http: { status: 400 } },
  );
}

function spent(estimate: number, remaining: number, retryAfter: number): HubError {
  return new HubError(
    'RATE_LIMITED',
    `The budget of this caller is spent: ${remaining} left, ${estimate} needed. Try again in ${retryAfter} s.`,
    {
      estimate,
      remaining,
      retryAfter,
      http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
    },
  );
}
