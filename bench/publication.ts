import { join } from 'node:path';
import { cliImport } from './cli-import.ts';
import { databaseCpuMs } from './database-cpu.ts';
import { type Measure, median } from './figures.ts';
import { RESULT_COLUMNS, settingOf, writeResults } from './generated-results.ts';
import { startTogether } from './hubs.ts';
import { plainCopy } from './plain-copy.ts';
import { stopChildren } from './processes.ts';
import { type Readers, startReaders } from './readers.ts';
import { pages } from './requests.ts';
import { copyRows, openRival, writeRows } from './rival.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

/** The file as it is: every column is text. */
const PLAIN = {
  create: `create table public.plain (${RESULT_COLUMNS.map((name) => `${name} text`).join(', ')})`,
  options: `, header, delimiter ';'`,
};

/** Seconds that one import may take, by the thousand results. */
const SECONDS_PER_THOUSAND = 2;

/** What adding a file of results costs one side, a list per round. */
interface Cost {
  rate: number[];
  seconds: number[];
  /** Of the server and, for the hub, of the command; readers are in both sides'. */
  cpu: number[];
  /** Median of what readers waited meanwhile. */
  reading: number[];
  /** Requests of readers that had no answer, or one with errors. */
  failed: number[];
}

const noCost = (): Cost => ({ rate: [], seconds: [], cpu: [], reading: [], failed: [] });

/**
 * Part c: a file of results, checked, merged, rolled up at every level and published in one transaction, against
 * COPY of the rows that come of it into a table that holds the same rows and has the same indexes, on the same
 * server. Both tables hold one file before the first round, and one more with each. Readers ask pages of the hub
 * all the time. COPY of the file as it is, into a bare table, is the floor.
 */
export function benchPublication(
  world: World,
  rounds: number,
  results: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  return world.database('real', async (url) => {
    const path = join(world.folder, 'results.csv');
    const rows = join(world.folder, 'rows.csv');
    const setting = await settingOf(url, results, rounds + 1);
    const longest = 60 + (results / 1000) * SECONDS_PER_THOUSAND;
    const addFile = () => cliImport(url, 'network-results', path, world.folder, longest);
    await writeResults(setting, 0, results, path);
    await addFile();
    await statement(url, 'vacuum analyze indicators.result');
    await openRival(url);
    const [first] = await statement<{ id: string }>(
      url,
      `select id from indicators.import where feed = 'network-results' order by publication desc limit 1`,
    );
    say(`c: two tables of ${results.toLocaleString('en')} results are ready`);
    const readers = startReaders(await startTogether(url), await pages(url));
    const hub = noCost();
    const rival = noCost();
    const floor: number[] = [];
    const peak: number[] = [];
    try {
      for (let round = 0; round < rounds; round += 1) {
        await writeResults(setting, round + 1, results, path);
        await writeRows(url, first?.id ?? '', (round + 1) * setting.months, rows);
        const publish = () =>
          costOf(url, readers, hub, say, async () => {
            const one = await addFile();
            peak.push(one.peakMiB);
            return one;
          });
        const copy = () => costOf(url, readers, rival, say, () => copyRows(url, rows));
        for (const run of round % 2 === 0 ? [publish, copy] : [copy, publish]) await run();
        const bare = await plainCopy(url, path, PLAIN);
        floor.push(bare.rows / bare.seconds);
        say(`c: round ${round + 1} of ${rounds}`);
      }
    } finally {
      await readers.stop();
      await stopChildren();
    }
    return measures(results, { hub, rival, floor, peak });
  });
}

async function costOf(
  url: string,
  readers: Readers,
  cost: Cost,
  say: (line: string) => void,
  run: () => Promise<{ rows: number; seconds: number; cpuMs?: number }>,
): Promise<void> {
  readers.take();
  const before = await databaseCpuMs(url);
  const { rows, seconds, cpuMs = 0 } = await run();
  const spent = (await databaseCpuMs(url)) - before + cpuMs;
  const { times, failures } = readers.take();
  if (failures[0])
    say(`c: ${failures.length} of ${failures.length + times.length} requests failed: ${failures[0]}`);
  cost.rate.push(rows / seconds);
  cost.seconds.push(seconds);
  cost.cpu.push((spent / rows) * 1000);
  cost.reading.push(median(times));
  cost.failed.push(failures.length);
}

function measures(
  results: number,
  { hub, rival, floor, peak }: { hub: Cost; rival: Cost; floor: number[]; peak: number[] },
): Measure[] {
  const both = (what: string, unit: string, value: (cost: Cost) => number[]): Measure => ({
    part: 'c',
    what,
    unit,
    hub: { name: 'hub import', rounds: value(hub) },
    against: { name: 'COPY, same table', rounds: value(rival) },
  });
  const count = results.toLocaleString('en');
  return [
    {
      ...both(`publication of ${count} results, readers active`, 'rows/s', ({ rate }) => rate),
      must: { least: 0.8 },
      aim: { least: 1 },
    },
    both('time, checks and roll-up included', 's', ({ seconds }) => seconds),
    both('CPU, PostgreSQL and readers included', 'µs/row', ({ cpu }) => cpu),
    both('readers meanwhile, median', 'ms', ({ reading }) => reading),
    both('requests of readers that failed', 'requests', ({ failed }) => failed),
    {
      part: 'c',
      what: 'the same, against the floor',
      unit: 'rows/s',
      hub: { name: 'hub import', rounds: hub.rate },
      against: { name: 'COPY, bare table', rounds: floor },
    },
    { part: 'c', what: 'peak memory of the command', unit: 'MiB', hub: { name: 'hub import', rounds: peak } },
  ];
}
