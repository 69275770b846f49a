import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A file of Parquet as DuckDB reads it, which shares nothing with what writes it: cells as texts, types as it names them. */
export async function readParquet(
  bytes: Uint8Array,
): Promise<{ rows: Record<string, string | null>[]; types: Record<string, string> }> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-parquet-'));
  const path = join(folder, 'rows.parquet');
  await writeFile(path, bytes);
  const instance = await DuckDBInstance.create();
  const db = await instance.connect();
  try {
    const described = await db.runAndReadAll(`describe select * from '${path}'`);
    const read = await db.runAndReadAll(`select columns(*)::varchar from '${path}'`);
    return {
      rows: read.getRowObjectsJson() as Record<string, string | null>[],
      types: Object.fromEntries(
        described.getRowObjectsJson().map((row) => [String(row['column_name']), String(row['column_type'])]),
      ),
    };
  } finally {
    db.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
