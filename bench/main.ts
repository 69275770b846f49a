import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { benchDirectory } from './directory.ts';
import { type Measure, median, ratio, table } from './figures.ts';
import { machine } from './machine.ts';
import { type Part, readOptions } from './options.ts';
import { benchPages } from './pages.ts';
import { stopChildren } from './processes.ts';
import { benchPublication } from './publication.ts';
import { benchSearch } from './search.ts';
import { benchTestimoniesImport } from './testimonies-import.ts';
import { openWorld, type World } from './world.ts';

const { rounds, parts, testimonies } = readOptions();
const BENCHES: Record<
  Part,
  (world: World, rounds: number, say: (line: string) => void) => Promise<Measure[]>
> = {
  a: benchDirectory,
  b: benchPages,
  c: benchPublication,
  search: (world, rounds, tell) => benchSearch(world, rounds, testimonies, tell),
  'testimonies-import': benchTestimoniesImport,
};
const RESULTS = fileURLToPath(new URL('./results/', import.meta.url));

const began = Date.now();
const elapsed = () => (Date.now() - began) / 1000;
const say = (line: string) => console.error(`${elapsed().toFixed(0).padStart(4)} s  ${line}`);

const where = machine();
const world = await openWorld(say);
const close = async () => {
  await stopChildren();
  await world.close();
};
const stopEarly = (reason: string) => {
  console.error(`Stopping: ${reason}`);
  void close().finally(() => process.exit(1));
};
process.once('SIGINT', () => stopEarly('interrupted'));
process.once('SIGTERM', () => stopEarly('interrupted'));
// Three rounds take a few minutes; a run never holds a machine for much longer than it should. Making a million
// testimonies takes ten more.
const minutes =
  (parts.includes('search') ? 30 : parts.includes('testimonies-import') ? 10 * rounds : 6) + 2 * rounds;
setTimeout(() => stopEarly('this takes too long'), minutes * 60_000).unref();

try {
  const measures: Measure[] = [];
  for (const part of parts) measures.push(...(await BENCHES[part](world, rounds, say)));
  const run = {
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
  writeFileSync(`${RESULTS}latest.json`, `${JSON.stringify(run, null, 2)}\n`);
  console.log(`\n${JSON.stringify(where)}\n\n${table(measures)}\n`);
} finally {
  await close();
}
