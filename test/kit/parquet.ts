import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

type Row = Record<string, string | null>;

/** What a file tells of one column in one group of rows. */
interface Chunk {
  column: string;
  rows: number;
  nulls: number;
  least: string | null;
  greatest: string | null;
}

/**
 * A file of Parquet as DuckDB reads it, which shares nothing with what writes it: cells as texts, types as it names
 * them.
 */
export async function readParquet(
  bytes: Uint8Array,
): Promise<{ rows: Row[]; types: Record<string, string>; chunks: Chunk[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-parquet-'));
  const path = join(folder, 'rows.parquet');
  await writeFile(path, bytes);
  const instance = await DuckDBInstance.create();
  const db = await instance.connect();
  try {
    const described = await db.runAndReadAll(`describe select * from '${path}'`);
    const read = await db.runAndReadAll(`select columns(*)::varchar from '${path}'`);
    const told = await db.runAndReadAll(`
      select path_in_schema as column, row_group_num_rows::int as rows, stats_null_count::int as nulls,
             stats_min_value as least, stats_max_value as greatest
        from parquet_metadata('${path}') order by row_group_id, column_id`);
    return {
      rows: read.getRowObjectsJson() as Row[],
      types: Object.fromEntries(
        described.getRowObjectsJson().map((row) => [String(row['column_name']), String(row['column_type'])]),
      ),
      chunks: told.getRowObjectsJson().map(({ column, rows, nulls, least, greatest }) => ({
        column: String(column),
        rows: Number(rows),
        nulls: Number(nulls),
        least: least === null ? null : String(least),
        greatest: greatest === null ? null : String(greatest),
      })),
    };
  } finally {
    db.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
