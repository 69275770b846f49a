import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corrected, expectedCount, riseProbability } from './rising.ts';

const choose = (all: number, some: number): bigint => {
  let value = 1n;
  for (let at = 1; at <= some; at += 1) value = (value * BigInt(all - some + at)) / BigInt(at);
  return value;
};

/** The same probability in whole numbers: no logarithm, no rounding but the last. */
function exactly(count: number, before: number, exposure: number, exposureBefore: number): number {
  const total = count + before;
  let sum = 0n;
  for (let at = count; at <= total; at += 1) {
    sum += choose(total, at) * BigInt(exposure) ** BigInt(at) * BigInt(exposureBefore) ** BigInt(total - at);
  }
  const digits = 10n ** 40n;
  return Number((sum * digits) / BigInt(exposure + exposureBefore) ** BigInt(total)) / 1e40;
}

describe('the probability of a rise', () => {
  test('is that of whole numbers', () => {
    const some = fc.integer({ min: 0, max: 60 });
    const exposure = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(some, some, exposure, exposure, (count, before, now, past) => {
        const found = riseProbability({ count, before, exposure: now, exposureBefore: past });
        const wanted = exactly(count, before, now, past);
        expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * wanted + 1e-35);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  test.each([
    [{ count: 0, before: 3, exposure: 5, exposureBefore: 9 }, 1],
    // Nothing was said there before: there is no past to rise against.
    [{ count: 9, before: 0, exposure: 10, exposureBefore: 0 }, 1],
    // Ten of ten in a seventh of the time.
    [{ count: 10, before: 0, exposure: 100, exposureBefore: 600 }, 7 ** -10],
  ])('of %j is %d', (told, wanted) => {
    expect(riseProbability(told)).toBeCloseTo(wanted, 12);
  });

  test('of large numbers stays a probability', () => {
    const found = riseProbability({
      count: 30_000,
      before: 170_000,
      exposure: 100_000,
      exposureBefore: 600_000,
    });
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(1e-10);
  });
});

test('what is expected is the rate of the past times what was told', () => {
  expect(expectedCount({ count: 1, before: 30, exposure: 50, exposureBefore: 300 })).toBe(5);
  expect(expectedCount({ count: 1, before: 0, exposure: 50, exposureBefore: 0 })).toBe(0);
});

describe('correction for many tests', () => {
  test('the figures of the first example of Benjamini and Hochberg', () => {
    // Their 15 comparisons: four are declared at 0.05.
    const values = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(corrected(values, 15).filter((value) => value <= 0.05)).toHaveLength(4);
  });

  test('declares what the procedure in its first words declares', () => {
    const probability = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(probability, { maxLength: 30 }), fc.nat(40), (values, more) => {
        const tested = values.length + more;
        const sorted = [...values].sort((a, b) => a - b);
        const last = sorted.findLastIndex((value, index) => value <= ((index + 1) / tested) * 0.05);
        const declared = corrected(values, tested).filter((value) => value <= 0.05 + 1e-12).length;
        const wanted = last < 0 ? 0 : sorted.filter((value) => value <= (sorted[last] ?? 0)).length;
        expect(declared).toBe(wanted);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
