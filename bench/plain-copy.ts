import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import { statement } from './statement.ts';

/** What a file is copied into: a new logged table without index, key or check. */
export interface PlainTable {
  /** SQL that makes the table `public.plain`. */
  create: string;
  /** Options of COPY besides `format csv`. */
  options?: string;
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Writes the rows of a query as CSV. */
export const writeCsv = (url: string, query: string, path: string): Promise<void> =>
  withClient(url, (client) =>
    pipeline(client.query(to(`copy (${query}) to stdout (format csv)`)), createWriteStream(path)),
  );

/** Seconds that a plain COPY of a CSV file takes, commit included, and how many rows it stored. */
export async function plainCopy(
  url: string,
  path: string,
  { create, options = '' }: PlainTable,
): Promise<{ rows: number; seconds: number }> {
  await statement(url, `drop table if exists public.plain; ${create}`);
  return withClient(url, async (client) => {
    const started = performance.now();
    const stream = client.query(from(`copy public.plain from stdin (format csv ${options})`));
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), stream);
    return { rows: stream.rowCount, seconds: (performance.now() - started) / 1000 };
  });
}
