/** How many reports reached each step, and how long the whole way took. */
export interface FunnelRow {
  received: number;
  triaged: number;
  rewritten: number;
  tested: number;
  disseminated: number;
  declined: number;
  /** From receipt to dissemination, one decimal; null when nothing is disseminated. */
  median_days: string | null;
  delays: Delay[];
}

/** Steps that take time, each from the one before it that was reached. */
export type DelayStep = 'TRIAGE' | 'REWRITE' | 'TEST' | 'DISSEMINATION';

/** How long a step took those reports that reached it. */
export interface Delay {
  step: DelayStep;
  /** Reports of which both days are known. */
  reports: number;
  /** Days, one decimal; null without reports. */
  median_days: string | null;
  p90_days: string | null;
}
