import { Command, InvalidArgumentError, Option } from 'commander';

/** Parts of the benchmark: directory import, pages, publication of results. */
export const PARTS = ['a', 'b', 'c'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  rounds: number;
  parts: readonly Part[];
}

/** `npm run bench -- --rounds 5 --only b`. */
export function readOptions(): BenchOptions {
  const { rounds, only } = new Command('bench')
    .description('Measures the hub side by side with what it is compared to, in one run.')
    .option('--rounds <number>', 'times that each measure is taken, alternating', count, 3)
    .addOption(
      new Option('--only <part>', 'a: directory import, b: pages, c: publication of results').choices(PARTS),
    )
    .parse()
    .opts<{ rounds: number; only?: Part }>();
  return { rounds, parts: only ? [only] : PARTS };
}

function count(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) {
    throw new InvalidArgumentError('Expected a number from 1 to 20.');
  }
  return rounds;
}
