import { join } from 'node:path';
import { cliImport } from './cli-import.ts';
import type { Measure } from './figures.ts';
import { plainCopy } from './plain-copy.ts';
import { EXPORT_HEADERS, writeExport } from './voice-export.ts';
import { makeStructures } from './voice-structures.ts';
import type { World } from './world.ts';

/** Testimonies in the file. */
const ROWS = 200_000;

/** Seconds that one import may take. */
const LONGEST = 1200;

/** The file as it is: every column is text. */
const PLAIN = {
  create: `create table public.plain (${EXPORT_HEADERS.map((header) => `"${header}" text`).join(', ')})`,
  options: `, header, delimiter ';'`,
};

/** Part testimonies-import: an export of the platform, against COPY of the same file. */
export async function benchTestimoniesImport(
  world: World,
  rounds: number,
  say: (line: string) => void,
): Promise<Measure[]> {
  const path = join(world.folder, 'export-experiences.csv');
  const [rate, copy, seconds, peak, cpu]: number[][] = [[], [], [], [], []];
  for (let round = 0; round < rounds; round += 1) {
    await world.database('real', async (url) => {
      const places = await makeStructures(url);
      if (round === 0) await writeExport(path, ROWS, places);
      const plain = await plainCopy(url, path, PLAIN);
      copy?.push(plain.rows / plain.seconds);
      const one = await cliImport(url, 'testimonies', path, world.folder, LONGEST);
      rate?.push(one.rows / one.seconds);
      seconds?.push(one.seconds);
      peak?.push(one.peakMiB);
      cpu?.push((1000 * one.cpuMs) / one.rows);
    });
    say(`testimonies-import: round ${round + 1} of ${rounds}`);
  }
  const measure = (what: string, unit: string, values: number[] = []): Measure => ({
    part: 'testimonies-import',
    what,
    unit,
    hub: { name: 'hub import', rounds: values },
  });
  return [
    {
      ...measure(`import of ${ROWS.toLocaleString('en')} testimonies`, 'rows/s', rate),
      against: { name: 'COPY of the same file', rounds: copy ?? [] },
    },
    measure('time of the import', 's', seconds),
    measure('CPU of the command, PostgreSQL apart', 'µs/row', cpu),
    measure('peak memory of the command', 'MiB', peak),
  ];
}
