import { Command, InvalidArgumentError, Option } from 'commander';

/** Parts of the benchmark: directory import, pages, publication of results; then those that take long. */
export const PARTS = ['a', 'b', 'c', 'search', 'testimonies-import'] as const;
export type Part = (typeof PARTS)[number];

/** Parts of an ordinary run. */
const ORDINARY: readonly Part[] = ['a', 'b', 'c'];

export interface BenchOptions {
  rounds: number;
  parts: readonly Part[];
  /** Testimonies that are searched. */
  testimonies: number;
}

/** `npm run bench -- --rounds 5 --only b`. */
export function readOptions(): BenchOptions {
  const { rounds, only, testimonies } = new Command('bench')
    .description('Measures the hub side by side with what it is compared to, in one run.')
    .option('--rounds <number>', 'times that each measure is taken, alternating', count, 3)
    .addOption(
      new Option(
        '--only <part>',
        'a: directory import, b: pages, c: publication of results; alone only: search, testimonies-import',
      ).choices(PARTS),
    )
    .option('--testimonies <number>', 'testimonies that are searched', many, 1_000_000)
    .parse()
    .opts<{ rounds: number; only?: Part; testimonies: number }>();
  return { rounds, parts: only ? [only] : ORDINARY, testimonies };
}

function count(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) {
    throw new InvalidArgumentError('Expected a number from 1 to 20.');
  }
  return rounds;
}

function many(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1000 || value > 5_000_000) {
    throw new InvalidArgumentError('Expected a number from 1,000 to 5,000,000.');
  }
  return value;
}
