import { join } from 'node:path';
import { sql } from 'kysely';
import { dedicated } from '../kernel/postgres/dedicated.ts';
import { rollUp } from '../subgraphs/indicators/rollup/roll-up.ts';
import { cliImport } from './cli-import.ts';
import type { Measure } from './figures.ts';
import { RESULT_COLUMNS, ROWS, writeResults } from './generated-results.ts';
import { plainCopy } from './plain-copy.ts';
import type { World } from './world.ts';

/** The file as it is: every column is text. */
const PLAIN = {
  create: `create table public.plain (${RESULT_COLUMNS.map((name) => `${name} text`).join(', ')})`,
  options: `, header, delimiter ';'`,
};

/**
 * Part c: results of one network, checked, merged, rolled up at every level and published in one transaction,
 * against COPY of the same file.
 */
export async function benchPublication(
  world: World,
  rounds: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  const path = join(world.folder, 'results.csv');
  const rate: number[] = [];
  const copy: number[] = [];
  const seconds: number[] = [];
  const peak: number[] = [];
  const rolling: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await world.database('real', async (url) => {
      if (round === 0) await writeResults(url, path);
      const runImport = async () => {
        const one = await cliImport(url, 'network-results', path, world.folder);
        rate.push(one.rows / one.seconds);
        seconds.push(one.seconds);
        peak.push(one.peakMiB);
        // Long, and the same each time: once is enough.
        if (round === 0) rolling.push(await rollUpAgain(url));
      };
      const runCopy = async () => {
        const one = await plainCopy(url, path, PLAIN);
        copy.push(one.rows / one.seconds);
      };
      for (const run of round % 2 === 0 ? [runImport, runCopy] : [runCopy, runImport]) await run();
    });
    say(`c: round ${round + 1} of ${rounds}`);
  }
  const hub = (values: number[]) => ({ name: 'hub import', rounds: values });
  return [
    {
      part: 'c',
      what: `publication of ${ROWS.toLocaleString('en')} results of one network`,
      unit: 'rows/s',
      hub: hub(rate),
      against: { name: 'COPY of the same file', rounds: copy },
    },
    { part: 'c', what: 'time of the import, roll-up included', unit: 's', hub: hub(seconds) },
    {
      part: 'c',
      what: 'roll-up alone, of the same results again',
      unit: 's',
      hub: { name: 'hub roll-up', rounds: rolling },
    },
    { part: 'c', what: 'peak memory of the command', unit: 'MiB', hub: hub(peak) },
  ];
}

/** Seconds that the roll-up of every published result takes when nothing else is to be done. */
async function rollUpAgain(url: string): Promise<number> {
  const { db, close } = await dedicated<object>(url, 'indicators', 'owner');
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`set local work_mem = '64MB'`.execute(trx);
      const started = performance.now();
      await rollUp(
        trx,
        sql`select distinct network_id, indicator_id, definition_version, period_grain, period_start, period_end
              from indicators.result where publication_to is null`,
      );
      return (performance.now() - started) / 1000;
    });
  } finally {
    await close();
  }
}
