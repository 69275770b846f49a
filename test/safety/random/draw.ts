import fc, { type GeneratorValue } from 'fast-check';

/** Where everything random of an operation comes from, so that fast-check can repeat and shrink it. */
export interface Draw {
  /** Both ends included. */
  int(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** True as often as `percent` says. */
  chance(percent: number): boolean;
  /** Any text at all. */
  text(): string;
  /** Any JSON at all. */
  json(): unknown;
}

/** Numbers as often the ones as the others: fast-check likes extremes, which here are rare cases. */
const evenly = (min: number, max: number) => fc.noBias(fc.integer({ min, max }));

export function drawing(gen: GeneratorValue): Draw {
  const int = (min: number, max: number) => gen(evenly, min, max);
  return {
    int,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new Error('There is nothing to pick from.');
      return from[int(0, from.length - 1)] as T;
    },
    // The rare case is the highest number: shrinking leads away from it.
    chance: (percent) => int(0, 99) >= 100 - percent,
    text: () => gen(fc.string, { unit: 'binary', maxLength: 30 }),
    json: () => gen(fc.jsonValue, { maxDepth: 3 }),
  };
}

/** Set by whoever looks for more than the few runs of every check. */
const WANTED = process.env.HUB_RANDOM_RUNS;

export const isSearch = WANTED !== undefined;

/**
 * How a property is run: as often as `usual` and always alike, or as HUB_RANDOM_RUNS and HUB_RANDOM_SEED say. Only a
 * search makes its findings smaller, which takes longer than a check may.
 */
export const plan = (usual: number) => ({
  numRuns: Number(WANTED ?? usual),
  seed: Number(process.env.HUB_RANDOM_SEED ?? 20_240_501),
  endOnFailure: !isSearch,
});
