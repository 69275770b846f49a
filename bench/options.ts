import { Command, InvalidArgumentError, Option } from 'commander';

/**
 * Parts of the benchmark: directory import, pages, publication of results; reads against what people would pick
 * instead, cold and warm; the query through all subgraphs; trusted documents; then those that take long.
 */
export const PARTS = [
  'a',
  'b',
  'c',
  'reads',
  'warm',
  'flagship',
  'trusted',
  'growth',
  'search',
  'testimonies-import',
  'oracle',
  'exports',
] as const;
export type Part = (typeof PARTS)[number];

/** Parts that need no database of their own. */
const READING: readonly Part[] = ['b', 'reads', 'warm', 'flagship', 'trusted', 'oracle', 'exports'];

/** Parts that an ordinary run leaves out. */
const LONG: readonly Part[] = ['growth', 'search', 'testimonies-import', 'oracle', 'exports'];

export interface BenchOptions {
  rounds: number;
  /** Seconds of one measure under load. */
  seconds: number;
  parts: readonly Part[];
  /** A database to use as it is, for the parts of `READING`. */
  databaseUrl: string | undefined;
  /** Testimonies that are searched. */
  testimonies: number;
  /** Sites of the national set that the oracle checks. */
  sites: number;
  /** Results of one file of part c. */
  results: number;
}

interface Flags {
  rounds: number;
  only?: Part[];
  all?: true;
  quick?: true;
  database?: string;
  testimonies: number;
  sites: number;
  results: number;
}

/** `npm run bench -- --rounds 5 --only b reads`. */
export function readOptions(): BenchOptions {
  const { rounds, only, all, quick, database, testimonies, sites, results } = new Command('bench')
    .description('Measures the hub side by side with what it is compared to, in one run.')
    .option('--rounds <number>', 'times that each measure is taken, alternating', count, 3)
    .addOption(
      new Option(
        '--only <parts...>',
        'a: directory import, b: pages, c: publication of results, reads: against PostGraphile and bare SQL, warm: the same with answers kept, flagship: against a monolith and Apollo, trusted: documents by GET; only when named: growth, search, testimonies-import, oracle: a national set against its recomputation, exports: every result to a file',
      ).choices(PARTS),
    )
    .option('--all', 'every part, those that take long too: some hours')
    .option('--quick', 'one round of one second: to see that it runs, not what it measures')
    .option(
      '--database <url>',
      'for b, reads, warm, flagship, trusted, oracle, exports: a database to use as it is, whoever filled it; what the rivals read is added',
    )
    .option('--testimonies <number>', 'testimonies that are searched', between(1000, 5_000_000), 1_000_000)
    .option(
      '--sites <number>',
      'sites of the national set that the oracle checks',
      between(100, 200_000),
      60_000,
    )
    .option('--results <number>', 'results of one file of part c', between(1000, 5_760_000), 200_000)
    .parse()
    .opts<Flags>();
  const parts = only ?? (database ? READING : PARTS).filter((part) => all === true || !LONG.includes(part));
  const writing = parts.filter((part) => !READING.includes(part));
  if (database && writing.length > 0)
    throw new InvalidArgumentError(`${writing.join(', ')} need a database of their own.`);
  return {
    rounds: quick ? 1 : rounds,
    seconds: quick ? 1 : 4,
    parts,
    databaseUrl: database,
    testimonies,
    sites,
    results,
  };
}

function count(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > 20) {
    throw new InvalidArgumentError('Expected a number from 1 to 20.');
  }
  return rounds;
}

const between = (lowest: number, highest: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < lowest || value > highest) {
    const [from, to] = [lowest.toLocaleString('en'), highest.toLocaleString('en')];
    throw new InvalidArgumentError(`Expected a number from ${from} to ${to}.`);
  }
  return value;
};
