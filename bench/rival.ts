import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { from } from 'pg-copy-streams';
import { withClient, writeCsv } from './plain-copy.ts';
import { statement } from './statement.ts';

/** Of the table that results are copied into: what the hub's own has, filled with the rows that it holds. */
const TABLE = 'public.rival';

/**
 * Makes a copy of the table of results, with its rows, its checks and its indexes. Filled in the order of
 * publication, as the hub's was.
 */
export async function openRival(url: string): Promise<void> {
  await statement(url, `create table ${TABLE} (like indicators.result including all)`);
  await statement(
    url,
    `insert into ${TABLE} select * from indicators.result order by publication_from, import_row`,
  );
  await statement(url, `vacuum analyze ${TABLE}`);
}

/**
 * Writes the rows of a publication as they would be stored for other months: a file that is already in the columns
 * of the table, every check done, every value worked out.
 */
export const writeRows = (url: string, importId: string, months: number, path: string): Promise<void> =>
  writeCsv(
    url,
    `select (jsonb_populate_record(r, jsonb_build_object(
              'period_start', (period_start + interval '${months} months')::date,
              'period_end', (period_start + interval '${months + 1} months')::date - 1))).*
       from indicators.result r where import_id = '${importId}' order by import_row`,
    path,
  );

/** Seconds that COPY takes to add the rows to the table, commit included, and how many they are. */
export const copyRows = (url: string, path: string): Promise<{ rows: number; seconds: number }> =>
  withClient(url, async (client) => {
    const started = performance.now();
    const stream = client.query(from(`copy ${TABLE} from stdin (format csv)`));
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), stream);
    return { rows: stream.rowCount, seconds: (performance.now() - started) / 1000 };
  });
