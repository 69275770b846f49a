import { Big } from 'big.js';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { Formula } from '../tables.ts';
import { countsOf, type Unknown } from './counts.ts';
import type { FigureRow } from './figure.row.ts';
import { scoreInterval } from './score-interval.ts';

export type IntervalMethod = 'WILSON' | 'TANGO' | 'NEWCOMBE' | 'FIXED_REFERENCE';

/** Bounds of an interval, in the unit of the figure, rounded to two decimals. */
export interface Interval {
  low: Decimal;
  high: Decimal;
  method: IntervalMethod;
}

/** The interval of a figure at 95 %; else why it has none. */
export function uncertaintyOf(row: FigureRow, formula: Formula | null): Interval | Unknown {
  const counts = countsOf(row, formula);
  if (typeof counts === 'string') return counts;
  const { low, high } = scoreInterval(counts);
  return {
    low: points(low),
    high: points(high),
    method: counts.kind === 'NET' ? 'TANGO' : 'WILSON',
  };
}

/** The interval of a figure; null when it is withheld or no rate of known counts. */
export function intervalOf(row: FigureRow, formula: Formula | null): Interval | null {
  const found = uncertaintyOf(row, formula);
  return typeof found === 'string' ? null : found;
}

/** A share as the rates of the graph are written: in percent or points, to two decimals. */
export const points = (share: Big): Decimal => {
  const rounded = share.times(100).round(2, Big.roundHalfUp);
  // A bound just below zero is zero, not "-0".
  return rounded.eq(0) ? '0' : rounded.toString();
};
