import { Big } from 'big.js';
import { compareDecimals, type Decimal } from '../../../kernel/decimal.ts';
import { type Counts, countsOf, restOf, type Unknown } from '../figure/counts.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import { type Interval, points } from '../figure/interval.ts';
import { type Estimate, scoreInterval } from '../figure/score-interval.ts';
import type { Formula } from '../tables.ts';
import type { Membership } from './membership.ts';

/** Why nothing can be said of a gap: about the local figure, or one of the two is missing or withheld. */
export type UnknownGap = Unknown | 'NO_GAP';

/** Both figures are made of the same answers: there is nothing to tell apart. */
const NONE: Interval = { low: '0', high: '0', method: 'NEWCOMBE' };

/**
 * The interval at 95 % of the gap between a figure and that of a territory around it, in points.
 *
 * Where the place is known to be a part of the territory it is compared with the rest of it: with w the share of the
 * answers that are local, local − whole is (1 − w) × (local − rest), and local and rest are independent. Computed from
 * counts that both figures show, which anybody could subtract as well: nothing withheld is in it.
 *
 * Where that is not known the two are taken as independent. Should the place be a part after all, the interval is wider
 * than it need be, never narrower: answers in common can only bring both figures nearer to each other.
 *
 * Where the whole shows no counts its value is taken as certain. Without counts of the place nothing is said: its own
 * uncertainty is the greater one.
 */
export function gapUncertaintyOf(
  local: FigureRow,
  whole: FigureRow,
  formula: Formula | null,
  membership: Membership,
): Interval | UnknownGap {
  if (local.value === null || whole.value === null) return 'NO_GAP';
  const counts = countsOf(local, formula);
  if (typeof counts === 'string') return counts;
  const all = countsOf(whole, formula);
  if (typeof all === 'string') return fixedReference(counts, whole.value);
  if (membership !== 'UNKNOWN' && isSame(counts, all)) return NONE;
  const rest = membership === 'PART' ? restOf(all, counts) : null;
  return rest === null ? independent(counts, all) : apart(counts, rest, all);
}

/**
 * The interval at 95 % of the difference between the figures of two groups that share no unit, in points: those of
 * rural and of urban places. Both show their counts or nothing is said, as above.
 */
export function uncertaintyBetween(
  one: FigureRow | null,
  other: FigureRow | null,
  formula: Formula | null,
): Interval | UnknownGap {
  if (!one || !other || one.value === null || other.value === null) return 'NO_GAP';
  const [here, there] = [countsOf(one, formula), countsOf(other, formula)];
  if (typeof here === 'string') return here;
  if (typeof there === 'string') return there;
  return independent(here, there);
}

/** Whether zero is outside the interval of a gap: it is more than chance. */
export const isSignificant = ({ low, high }: Interval): boolean =>
  compareDecimals(low, '0') > 0 || compareDecimals(high, '0') < 0;

const isSame = (a: Counts, b: Counts) =>
  a.cases.eq(b.cases) && a.favourable.eq(b.favourable) && a.unfavourable.eq(b.unfavourable);

function apart(local: Counts, rest: Counts, all: Counts): Interval {
  const { low, high } = difference(local, rest);
  const shrunk = rest.cases.div(all.cases);
  return { low: points(low.times(shrunk)), high: points(high.times(shrunk)), method: 'NEWCOMBE' };
}

function independent(one: Counts, other: Counts): Interval {
  const { low, high } = difference(one, other);
  return { low: points(low), high: points(high), method: 'NEWCOMBE' };
}

/** Hybrid score interval of a difference (Newcombe, 1998, method 10), from the score intervals of both rates. */
function difference(one: Counts, other: Counts): { low: Big; high: Big } {
  const [here, there] = [scoreInterval(one), scoreInterval(other)];
  const gap = here.rate.minus(there.rate);
  const below = distance(here.rate.minus(here.low), there.high.minus(there.rate));
  const above = distance(here.high.minus(here.rate), there.rate.minus(there.low));
  return { low: gap.minus(below), high: gap.plus(above) };
}

const distance = (a: Big, b: Big) => a.times(a).plus(b.times(b)).sqrt();

function fixedReference(local: Counts, value: Decimal): Interval {
  const { low, high }: Estimate = scoreInterval(local);
  const reference = new Big(value).div(100);
  return {
    low: points(low.minus(reference)),
    high: points(high.minus(reference)),
    method: 'FIXED_REFERENCE',
  };
}
