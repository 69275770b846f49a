import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliImport } from './cli-import.ts';
import type { Measure } from './figures.ts';
import { plainCopy, writeCsv } from './plain-copy.ts';
import type { World } from './world.ts';

const BUNDLED = fileURLToPath(new URL('../data/annuaire-programme.json.gz', import.meta.url));

/** Every site with its address, contacts and hours, as the import stores them. */
const ROWS =
  'select s.*, d.* from directory.site s left join administrations.site_detail d on d.site_id = s.id';

/** The columns that PostgreSQL generates become plain ones. */
const PLAIN = { create: `create table public.plain as ${ROWS} with no data` };

/**
 * Part a: the State directory, from its compressed JSON to published sites, against COPY of the same sites when
 * they are CSV already.
 */
export async function benchDirectory(
  world: World,
  rounds: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  const whole = process.env.HUB_FULL_DIRECTORY;
  const csv = join(world.folder, 'sites.csv');
  const figures = { rate: [], copy: [], seconds: [], wall: [], peak: [], cpu: [] } as Record<
    'rate' | 'copy' | 'seconds' | 'wall' | 'peak' | 'cpu',
    number[]
  >;
  let count = 0;
  for (let round = 0; round < rounds; round += 1) {
    await world.database('geography', async (url) => {
      const runImport = async () => {
        const one = await cliImport(url, 'annuaire', whole || BUNDLED, world.folder);
        count = one.rows;
        figures.rate.push(one.rows / one.seconds);
        figures.seconds.push(one.seconds);
        figures.wall.push(one.wallSeconds);
        figures.peak.push(one.peakMiB);
        figures.cpu.push((one.cpuMs / one.rows) * 1000);
        if (round === 0) await writeCsv(url, ROWS, csv);
      };
      const runCopy = async () => {
        const { rows, seconds } = await plainCopy(url, csv, PLAIN);
        figures.copy.push(rows / seconds);
      };
      // Who goes first alternates; the first round makes the CSV.
      for (const run of round % 2 === 0 ? [runImport, runCopy] : [runCopy, runImport]) await run();
    });
    say(`a: round ${round + 1} of ${rounds}`);
  }
  const sites = `${count.toLocaleString('en')} sites of the ${whole ? 'whole directory' : 'bundled extract'}`;
  const hub = (values: number[]) => ({ name: 'hub import', rounds: values });
  return [
    {
      part: 'a',
      what: `import of ${sites}`,
      unit: 'rows/s',
      hub: hub(figures.rate),
      against: { name: 'COPY of the same as CSV', rounds: figures.copy },
    },
    { part: 'a', what: 'time of the import', unit: 's', hub: hub(figures.seconds) },
    { part: 'a', what: 'time of the whole command', unit: 's', hub: hub(figures.wall) },
    { part: 'a', what: 'CPU of the command, PostgreSQL apart', unit: 'µs/row', hub: hub(figures.cpu) },
    { part: 'a', what: 'peak memory of the command', unit: 'MiB', hub: hub(figures.peak) },
  ];
}
