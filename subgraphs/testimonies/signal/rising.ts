/** How often something was told at a place: now, and before. */
export interface Told {
  /** Testimonies of the window that tell it. */
  count: number;
  /** Testimonies of the baseline that tell it. */
  before: number;
  /** All testimonies of the place in the window, and in the baseline: the exposure. */
  exposure: number;
  exposureBefore: number;
}

/**
 * One-sided p-value of a rise: the probability of at least `count` of the `count + before` testimonies falling into the
 * window if the place told it as often as before. Given their sum, the number in the window is binomial, with the
 * window's share of the exposure.
 *
 * The conditional test of two Poisson means of J. Przyborowski and H. Wilenski, « Homogeneity of results in testing
 * samples from Poisson series », Biometrika 31 (1940), p. 313–323.
 */
export function riseProbability({ count, before, exposure, exposureBefore }: Told): number {
  const total = count + before;
  if (count === 0 || exposureBefore === 0) return 1;
  if (exposure === 0) return 0;
  const share = exposure / (exposure + exposureBefore);
  const [inside, outside] = [Math.log(share), Math.log1p(-share)];
  let term = logChoose(total, count) + count * inside + before * outside;
  let sum = 0;
  // Beyond the mean the terms only fall: what is too small to add ends the sum.
  for (let at = count; at <= total; at += 1) {
    const added = Math.exp(term);
    sum += added;
    if (at > total * share && added < sum * 1e-17) break;
    term += Math.log(total - at) - Math.log(at + 1) + inside - outside;
  }
  return Math.min(1, sum);
}

/** Of the testimonies of the window, how many would tell it at the rate of the past. */
export const expectedCount = ({ before, exposure, exposureBefore }: Told): number =>
  exposureBefore === 0 ? 0 : (before / exposureBefore) * exposure;

/**
 * P-values corrected for having tested many things at once, in the order given: declaring those up to a level true
 * keeps the expected share of false ones among them below it.
 *
 * The step-up procedure of Y. Benjamini and Y. Hochberg, « Controlling the False Discovery Rate », Journal of the Royal
 * Statistical Society B 57 (1995), p. 289–300, in its form of adjusted p-values.
 *
 * @param tested how many were tested, those whose p-value is not given (it counts as 1) included
 */
export function corrected(probabilities: readonly number[], tested: number): number[] {
  const order = probabilities.map((_, index) => index);
  order.sort((a, b) => (probabilities[b] ?? 1) - (probabilities[a] ?? 1));
  const adjusted = probabilities.map(() => 1);
  let least = 1;
  for (const [position, index] of order.entries()) {
    const rank = probabilities.length - position;
    least = Math.min(least, ((probabilities[index] ?? 1) * tested) / rank);
    adjusted[index] = least;
  }
  return adjusted;
}

const logChoose = (all: number, some: number) =>
  logFactorial(all) - logFactorial(some) - logFactorial(all - some);

const logFactorials = [0];

/** Exact sums of logarithms, kept from one call to the next. */
function logFactorial(value: number): number {
  for (let at = logFactorials.length; at <= value; at += 1) {
    logFactorials.push((logFactorials[at - 1] ?? 0) + Math.log(at));
  }
  return logFactorials[value] ?? 0;
}
