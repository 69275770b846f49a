import { Big } from 'big.js';
import type { Counts } from './counts.ts';

/** A rate and the bounds of its interval, as shares from −1 to 1, not rounded. */
export interface Estimate {
  rate: Big;
  low: Big;
  high: Big;
}

/** 97.5th percentile of the normal law, for 95 % confidence. */
export const Z = new Big('1.959963984540054');
const SQUARE = Z.times(Z);

/**
 * Score interval of a rate at 95 %: the values that a score test would not reject. It stays within the possible
 * values and holds for small samples. That of Wilson (1927) for a proportion, that of Tango (1998) for the
 * difference of two shares of the same answers.
 */
export function scoreInterval(counts: Counts): Estimate {
  if (counts.kind === 'PROPORTION') return wilson(counts.favourable, counts.cases);
  const { favourable, unfavourable, cases } = counts;
  if (!favourable.plus(unfavourable).eq(cases)) return tango(counts);
  // Nobody is neutral: the net rate is 2p − 1, and Tango's interval that of Wilson for p.
  const share = wilson(favourable, cases);
  return { rate: twice(share.rate), low: twice(share.low), high: twice(share.high) };
}

const twice = (share: Big) => share.times(2).minus(1);

function wilson(successes: Big, cases: Big): Estimate {
  const rate = successes.div(cases);
  const scale = SQUARE.div(cases).plus(1);
  const center = rate.plus(SQUARE.div(cases.times(2))).div(scale);
  const spread = rate
    .times(rate.times(-1).plus(1))
    .div(cases)
    .plus(SQUARE.div(cases.times(cases).times(4)))
    .sqrt();
  const half = Z.times(spread).div(scale);
  const [low, high] = [center.minus(half), center.plus(half)];
  // Rounding errors of the root may leave a bound 1e-20 on the wrong side of its end.
  return {
    rate,
    low: successes.eq(0) || low.lt(0) ? new Big(0) : low,
    high: successes.eq(cases) || high.gt(1) ? new Big(1) : high,
  };
}

/** Bounds are found to 2⁻³⁰ of the distance from the rate to the end of the scale. */
const HALVINGS = 30;

/** Tango, T. (1998), Statistics in Medicine 17, 891–908. The rate itself is never rejected, ±1 beyond it is. */
function tango(counts: Counts): Estimate {
  const rate = counts.favourable.minus(counts.unfavourable).div(counts.cases);
  const bound = (end: number) => {
    let inside = rate;
    let outside = new Big(end);
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      const middle = inside.plus(outside).div(2).round(14);
      if (isPlausible(counts, middle)) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { rate, low: bound(-1), high: bound(1) };
}

/**
 * Whether the score test keeps a difference: (b − c − nΔ)² ≤ z² n (2q + Δ(1 − Δ)), q the likeliest share of
 * unfavourable answers if the difference were Δ.
 */
function isPlausible({ favourable, unfavourable, cases }: Counts, difference: Big): boolean {
  const b = cases.times(2).minus(favourable).plus(unfavourable).times(difference);
  const linear = b.minus(favourable).minus(unfavourable);
  const remaining = difference.times(new Big(1).minus(difference));
  const root = linear.times(linear).plus(cases.times(8).times(unfavourable).times(remaining));
  const share = (root.lt(0) ? new Big(0) : root.sqrt()).minus(linear).div(cases.times(4));
  const distance = favourable.minus(unfavourable).minus(cases.times(difference));
  return distance.times(distance).lte(SQUARE.times(cases).times(share.times(2).plus(remaining)));
}
