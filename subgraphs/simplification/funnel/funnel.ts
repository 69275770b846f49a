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
}
