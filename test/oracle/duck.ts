import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

const SQL = new URL('./sql/', import.meta.url);

/** DuckDB on a file of a folder, where what does not fit in memory goes too. */
export interface Duck {
  folder: string;
  run(sql: string): Promise<void>;
  /** Runs a file of `sql/`. */
  file(name: string): Promise<void>;
  rows<Row>(sql: string): Promise<Row[]>;
  /** A table from a CSV file of the folder. */
  load(name: string, columns: Readonly<Record<string, string>>, file?: string): Promise<void>;
  /** A table of rows; every value as text, null as such. */
  fill(
    name: string,
    columns: Readonly<Record<string, string>>,
    rows: readonly (readonly Cell[])[],
  ): Promise<void>;
  close(): void;
}

export type Cell = string | number | null;

export async function openDuck(folder: string): Promise<Duck> {
  const instance = await DuckDBInstance.create(join(folder, 'oracle.duckdb'), {
    memory_limit: '3GB',
    threads: '2',
    temp_directory: join(folder, 'spill'),
    preserve_insertion_order: 'false',
  });
  const connection: DuckDBConnection = await instance.connect();
  const run = async (sql: string) => {
    await connection.run(sql);
  };
  const load: Duck['load'] = (name, columns, file = `${name}.csv`) => {
    const types = Object.entries(columns).map(([column, type]) => `'${column}': '${type}'`);
    const path = join(folder, file);
    // Told, not guessed: of an empty file nothing can be.
    const dialect = `auto_detect = false, header = false, delim = ',', quote = '"', escape = '"'`;
    return run(
      `create or replace table ${name} as
        select * from read_csv('${path}', ${dialect}, columns = {${types.join(', ')}})`,
    );
  };
  return {
    folder,
    run,
    file: (name) => run(readFileSync(new URL(name, SQL), 'utf8')),
    rows: async <Row>(sql: string) => {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as Row[];
    },
    load,
    fill: async (name, columns, rows) => {
      const line = (cells: readonly Cell[]) =>
        cells.map((cell) => (cell === null ? '' : `"${cell}"`)).join(',');
      writeFileSync(join(folder, `${name}.csv`), rows.map((cells) => `${line(cells)}\n`).join(''));
      await load(name, columns);
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
