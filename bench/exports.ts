import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { written } from '../kernel/export/literal.ts';
import { resultsExport } from '../subgraphs/indicators/export/results.export.ts';
import { makeCountry } from './country.ts';
import type { Measure } from './figures.ts';
import { writeCsv } from './plain-copy.ts';
import { runHub } from './processes.ts';
import { statement } from './statement.ts';
import type { World } from './world.ts';

/** Longest that one export may take, in seconds. */
const LONGEST = 1200;
const FORMATS = ['csv', 'ndjson', 'parquet'] as const;

/** What one export may take at its peak: 150 MB, in MiB. */
const MOST_MEMORY = { name: '150 MB', mebibytes: 150e6 / 2 ** 20 };

/** Some hundred thousands of results, made within minutes, where no database is given. */
const COUNTRY = { everySite: 1, quarters: 12 };

/** The same columns of the same rows, in no order and neutralised by nobody. */
function plainRows(): string {
  const { from } = resultsExport.source(new Map());
  const columns = resultsExport.columns.map((column) => sql`${column.sql} as ${sql.id(column.name)}`);
  return written(sql`select ${sql.join(columns)} from ${from}`).replace(/\s+/g, ' ');
}

/** `psql \copy … to` a file; COPY through our own client where there is no psql. */
async function copyOut(url: string, query: string, path: string): Promise<string> {
  const child = spawn('psql', ['-X', '-q', '-c', `\\copy (${query}) to '${path}' csv header`, url], {
    stdio: 'ignore',
  });
  const ended = await once(child, 'exit').catch(() => null);
  if (ended !== null && ended[0] === 0) return 'psql \\copy of the same rows';
  await writeCsv(url, query, path);
  return 'COPY of the same rows';
}

/** Part exports: every result in each format by `hub export`, start of Node included, against `\copy` to a file. */
export async function benchExports(
  world: World,
  rounds: number,
  given: boolean,
  say: (line: string) => void,
): Promise<Measure[]> {
  return world.database('real', async (url) => {
    if (!given) await makeCountry(url, COUNTRY);
    const [counted] = await statement<{ rows: string }>(
      url,
      'select count(*) as rows from indicators.published_result',
    );
    const rows = Number(counted?.rows);
    const path = join(world.folder, 'export');
    const query = plainRows();
    const floor: number[] = [];
    let name = '';
    const copy = async () => {
      const started = performance.now();
      name = await copyOut(url, query, path);
      floor.push(rows / ((performance.now() - started) / 1000));
    };
    const taken = FORMATS.map((format) => ({
      format,
      rate: [] as number[],
      peak: [] as number[],
      mega: [] as number[],
    }));
    for (let round = 0; round < rounds; round += 1) {
      if (round % 2 === 0) await copy();
      for (const { format, rate, peak, mega } of taken) {
        const started = performance.now();
        const child = runHub(['export', 'results', '--format', format, '--out', path], { DATABASE_URL: url });
        const usage = await child.finished(LONGEST);
        rate.push(rows / ((performance.now() - started) / 1000));
        peak.push(usage.peakMiB);
        mega.push(statSync(path).size / 1e6);
      }
      if (round % 2 === 1) await copy();
      say(`exports: round ${round + 1} of ${rounds}`);
    }
    return taken.flatMap(({ format, rate, peak, mega }): Measure[] => [
      {
        part: 'exports',
        what: `${format} of ${rows.toLocaleString('en')} results`,
        unit: 'rows/s',
        hub: { name: 'hub export', rounds: rate },
        against: { name, rounds: floor },
        ...(format === 'csv' && { must: { least: 0.8 }, aim: { least: 1 } }),
      },
      { part: 'exports', what: `${format}, size`, unit: 'MB', hub: { name: 'hub export', rounds: mega } },
      {
        part: 'exports',
        what: `${format}, peak memory`,
        unit: 'MiB',
        hub: { name: 'hub export', rounds: peak },
        against: { name: MOST_MEMORY.name, rounds: peak.map(() => MOST_MEMORY.mebibytes) },
        must: { most: 1 },
      },
    ]);
  });
}
