import { badInput } from '../../../kernel/errors.ts';
import type { Delay } from './funnel.ts';

/** What reports can be grouped by, with its meaning. */
export const STAT_DIMENSIONS = {
  KIND: 'What the document is.',
  PROBLEM: 'What makes it hard; a report counts under each of its problems.',
  STATUS: 'How far its rewriting is.',
  MONTH: 'Month of receipt: 2024-03.',
  NETWORK: 'Network that the document comes from.',
} as const;

export type StatDimension = keyof typeof STAT_DIMENSIONS;

/** Reports that have something in common. */
export interface StatRow {
  values: (string | null)[];
  labels: (string | null)[];
  count: number;
  disseminated: number;
  /** Share of the reports selected, 0 to 1, four decimals. */
  share: string;
  /** From receipt to dissemination, days; null when nothing is disseminated. */
  median_days: string | null;
  p90_days: string | null;
  delays: Delay[];
}

/** More groups than this are refused rather than cut. */
export const MAX_GROUPS = 1000;

/** `groupBy` once checked: one or two different dimensions. */
export function readStatDimensions(dimensions: readonly StatDimension[]): StatDimension[] {
  const distinct = [...new Set(dimensions)];
  if (distinct.length !== dimensions.length || distinct.length < 1 || distinct.length > 2) {
    throw badInput('"groupBy" takes one or two different dimensions.');
  }
  return distinct;
}
