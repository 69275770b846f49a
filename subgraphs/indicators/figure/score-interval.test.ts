import { Big } from 'big.js';
import { expect, test } from 'vitest';
import { scoreInterval } from './score-interval.ts';

const net = (favourable: number, unfavourable: number, cases: number) =>
  scoreInterval({
    kind: 'NET',
    favourable: new Big(favourable),
    unfavourable: new Big(unfavourable),
    cases: new Big(cases),
  });

test('the worked example of the literature: 1 against 7 of 21 pairs (Fagerland, Lydersen and Laake, 2014)', () => {
  const { low, high } = net(1, 7, 21);
  expect([low.toFixed(3), high.toFixed(3)]).toEqual(['-0.517', '-0.026']);
});

test('few answers never leave the scale, and say little', () => {
  for (const [favourable, unfavourable, cases] of [
    [0, 0, 1],
    [1, 0, 1],
    [0, 1, 2],
    [11, 0, 11],
    [0, 3, 12],
  ] as const) {
    const { rate, low, high } = net(favourable, unfavourable, cases);
    expect(low.gte(-1) && low.lte(rate) && high.gte(rate) && high.lte(1)).toBe(true);
    expect(high.minus(low).gt(0.2)).toBe(true);
  }
});

test('for and against are mirrored', () => {
  const [one, other] = [net(7, 2, 15), net(2, 7, 15)];
  expect(one.low.plus(other.high).abs().lt('1e-8')).toBe(true);
  expect(one.high.plus(other.low).abs().lt('1e-8')).toBe(true);
});

/** log n! for n up to `most`. */
const logFactorials = (most: number) => {
  const sums = [0];
  for (let n = 1; n <= most; n += 1) sums.push((sums[n - 1] ?? 0) + Math.log(n));
  return sums;
};

/**
 * How often the interval holds the truth, by adding up the probability of every possible sample: no simulation.
 * Floating point is enough: the truth is compared with a bound that is 1e-9 exact.
 */
test('of all samples of 10 and 14 answers, some 95 % give an interval that holds the truth', () => {
  for (const cases of [10, 14]) {
    const logs = logFactorials(cases);
    const samples: { favourable: number; unfavourable: number; low: number; high: number; ways: number }[] =
      [];
    for (let favourable = 0; favourable <= cases; favourable += 1) {
      for (let unfavourable = 0; favourable + unfavourable <= cases; unfavourable += 1) {
        const { low, high } = net(favourable, unfavourable, cases);
        const neutral = cases - favourable - unfavourable;
        const ways =
          (logs[cases] ?? 0) - (logs[favourable] ?? 0) - (logs[unfavourable] ?? 0) - (logs[neutral] ?? 0);
        samples.push({ favourable, unfavourable, low: low.toNumber(), high: high.toNumber(), ways });
      }
    }
    const coverages: number[] = [];
    for (let plus = 0.05; plus < 0.96; plus += 0.1) {
      for (let minus = 0.05; plus + minus < 0.96; minus += 0.1) {
        const truth = plus - minus;
        let held = 0;
        for (const { favourable, unfavourable, low, high, ways } of samples) {
          if (truth < low - 1e-9 || truth > high + 1e-9) continue;
          const rest = (cases - favourable - unfavourable) * Math.log(1 - plus - minus);
          held += Math.exp(ways + favourable * Math.log(plus) + unfavourable * Math.log(minus) + rest);
        }
        coverages.push(held);
      }
    }
    const mean = coverages.reduce((sum, coverage) => sum + coverage, 0) / coverages.length;
    expect(mean).toBeGreaterThan(0.945);
    expect(mean).toBeLessThan(0.975);
    expect(Math.min(...coverages)).toBeGreaterThan(0.9);
  }
}, 60_000);
