import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchReads, benchWarm } from './against.ts';
import { benchDirectory } from './directory.ts';
import { benchExports } from './exports.ts';
import { type Measure, median, ratio, table } from './figures.ts';
import { benchFlagship } from './flagship.ts';
import { benchGrowth } from './growth.ts';
import { machine } from './machine.ts';
import { benchOracle } from './national.ts';
import { type Part, readOptions } from './options.ts';
import { benchPages } from './pages.ts';
import { stopChildren } from './processes.ts';
import { benchPublication } from './publication.ts';
import type { Run } from './run.ts';
import { benchSearch } from './search.ts';
import { benchTestimoniesImport } from './testimonies-import.ts';
import { benchTrusted } from './trusted.ts';
import { givenWorld, openWorld, type World } from './world.ts';

const { rounds, seconds, parts, databaseUrl, testimonies, sites, results: published } = readOptions();
const BENCHES: Record<Part, (world: World, run: Run) => Promise<Measure[]>> = {
  a: (world, { say: tell }) => benchDirectory(world, rounds, tell),
  b: benchPages,
  c: (world, { say: tell }) => benchPublication(world, rounds, published, tell),
  reads: benchReads,
  warm: benchWarm,
  flagship: benchFlagship,
  trusted: benchTrusted,
  growth: benchGrowth,
  search: (world, { say: tell }) => benchSearch(world, rounds, testimonies, tell),
  'testimonies-import': (world, { say: tell }) => benchTestimoniesImport(world, rounds, tell),
  exports: (world, { say: tell }) => benchExports(world, rounds, databaseUrl !== undefined, tell),
  oracle: (world, { say: tell }) => benchOracle(world, databaseUrl ? null : sites, tell),
};
/** Longest that a part may take, in minutes: what it prepares, then each round. */
const LONGEST: Record<Part, [number, number]> = {
  a: [2, 1],
  b: [2, 1],
  // Some ten minutes a million results and round, on a busy machine.
  c: [5 + published / 100_000, 2 + published / 100_000],
  reads: [5, 1],
  warm: [5, 1],
  flagship: [3, 1],
  trusted: [2, 1],
  growth: [15, 2],
  search: [30, 2],
  'testimonies-import': [2, 10],
  // A country takes hours on a busy machine.
  oracle: [300, 0],
  exports: [15, 10],
};
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

const began = Date.now();
const elapsed = () => (Date.now() - began) / 1000;
const say = (line: string) => console.error(`${elapsed().toFixed(0).padStart(4)} s  ${line}`);

const where = machine();
const world = databaseUrl === undefined ? await openWorld(say) : givenWorld(databaseUrl);
const close = async () => {
  await stopChildren();
  await world.close();
};
const stopEarly = (reason: string) => {
  console.error(`Stopping: ${reason}`);
  if (measures.length > 0) tell();
  void close().finally(() => process.exit(1));
};
process.once('SIGINT', () => stopEarly('interrupted'));
process.once('SIGTERM', () => stopEarly('interrupted'));
// A run never holds a machine for much longer than it should.
const minutes = parts.reduce((sum, part) => sum + LONGEST[part][0] + LONGEST[part][1] * rounds, 2);
setTimeout(() => stopEarly('this takes too long'), minutes * 60_000).unref();

const measures: Measure[] = [];
/** Writes and prints what is measured so far. */
function tell(): void {
  const results = {
    date: new Date(began).toISOString(),
    seconds: Math.round(elapsed()),
    rounds,
    parts,
    wholeDirectory: Boolean(process.env.HUB_FULL_DIRECTORY),
    machine: where,
    measures: measures.map((measure) => ({
      ...measure,
      median: median(measure.hub.rounds),
      medianAgainst: measure.against ? median(measure.against.rounds) : null,
      ratio: ratio(measure),
    })),
  };
  mkdirSync(RESULTS, { recursive: true });
  // The latest, and one that the next run leaves alone.
  for (const name of ['latest', `${results.date.slice(0, 16).replace(':', '')}-${parts.join('-')}`])
    writeFileSync(`${RESULTS}${name}.json`, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\n${JSON.stringify(where)}\n\n${table(measures)}\n`);
}

try {
  const pace = { rounds, seconds, warmUp: seconds / 2 };
  for (const part of parts) measures.push(...(await BENCHES[part](world, { pace, say })));
} finally {
  // Also of what was measured before a part failed.
  if (measures.length > 0) tell();
  await close();
}
