import { Big } from 'big.js';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { Formula } from '../tables.ts';
import type { FigureRow } from './figure.row.ts';

/** Bounds of an interval, in the unit of the figure, rounded to two decimals. */
export interface Interval {
  low: Decimal;
  high: Decimal;
}

/** 97.5th percentile of the normal law, for 95 % confidence. */
const Z = new Big('1.959963984540054');

/** How many answers or cases were favourable, of how many; null when the figure is no proportion of counts. */
export function proportionOf(row: FigureRow, formula: Formula | null): { successes: Big; cases: Big } | null {
  const { numerator, denominator, very_favourable, favourable, unfavourable, very_unfavourable } = row;
  if (formula === 'FAVOURABLE' && very_favourable !== null && favourable !== null) {
    if (unfavourable === null || very_unfavourable === null) return null;
    const successes = new Big(very_favourable).plus(favourable);
    return { successes, cases: successes.plus(unfavourable).plus(very_unfavourable) };
  }
  if ((formula === 'RATIO' || formula === 'FAVOURABLE') && numerator !== null && denominator !== null) {
    return { successes: new Big(numerator), cases: new Big(denominator) };
  }
  return null;
}

/**
 * Wilson score interval of a proportion at 95 %, in percent: it stays within 0 and 100 and holds for small
 * samples. Null without cases, or when the counts contradict each other.
 */
export function wilson({ successes, cases }: { successes: Big; cases: Big }): Interval | null {
  if (cases.lte(0) || successes.lt(0) || successes.gt(cases)) return null;
  const rate = successes.div(cases);
  const square = Z.times(Z);
  const scale = square.div(cases).plus(1);
  const center = rate.plus(square.div(cases.times(2))).div(scale);
  const spread = rate
    .times(rate.times(-1).plus(1))
    .div(cases)
    .plus(square.div(cases.times(cases).times(4)))
    .sqrt();
  const half = Z.times(spread).div(scale);
  return { low: percent(center.minus(half)), high: percent(center.plus(half)) };
}

/** The interval of a figure; null when it is withheld or no proportion of known counts. */
export function intervalOf(row: FigureRow, formula: Formula | null): Interval | null {
  const counts = row.value === null ? null : proportionOf(row, formula);
  return counts === null ? null : wilson(counts);
}

/** Rounding errors of the root may leave a bound 1e-20 outside. */
const percent = (share: Big): Decimal => {
  const bounded = share.lt(0) ? new Big(0) : share.gt(1) ? new Big(1) : share;
  return bounded.times(100).round(2).toString();
};
