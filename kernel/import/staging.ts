import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { type QueryExecutorProvider, sql } from 'kysely';
import type pg from 'pg';
import { copyInto, copyLine } from './copy.ts';
import type { ObjectInput } from './objects.ts';
import type { RowProblem } from './problem.ts';
import type { RecordReader, SourceRecord } from './records.ts';
import type { Sheet } from './sheet.ts';
import { stager } from './stager.ts';

/** Staging columns of a feed and their PostgreSQL types. */
export const stagingColumns = (input: Sheet | ObjectInput): Readonly<Record<string, string>> =>
  input.kind === 'objects'
    ? input.staging
    : Object.fromEntries(Object.entries(input.columns).map(([name, { pg: type }]) => [name, type]));

/**
 * Creates `import_row` and `import_problem`, which live and die with the connection, or with the transaction where
 * the connection is one of a pool. No index: COPY is twice as fast.
 */
export async function createStaging(
  db: QueryExecutorProvider,
  input: Sheet | ObjectInput,
  lifetime: 'connection' | 'transaction' = 'connection',
): Promise<void> {
  const end = lifetime === 'transaction' ? sql` on commit drop` : sql``;
  const columns = Object.entries(stagingColumns(input)).map(
    ([name, type]) => sql`, ${sql.ref(name)} ${sql.raw(type)}`,
  );
  await sql`create temporary table import_row (record bigint not null, line integer not null${sql.join(columns, sql``)})${end}`.execute(
    db,
  );
  await sql`
    create temporary table import_problem (
      record bigint not null, line integer not null, column_name text, code text not null,
      severity text not null check (severity in ('REJECTED', 'QUARANTINED', 'NOTICE')),
      message text not null, sample text
    )${end}`.execute(db);
}

export interface Loaded {
  /** Records of the file, blank lines left out. */
  read: number;
}

/**
 * Fills the staging from a file: good records go to `import_row`, problems to `import_problem`.
 * Problems wait in a file (`spool`), one COPY at a time fits a connection and memory must not grow with them.
 */
export async function fillStaging(
  client: pg.Client,
  input: Sheet | ObjectInput,
  reader: RecordReader,
  spool: string,
  onRows: (rows: number) => void,
): Promise<Loaded> {
  const loaded: Loaded = { read: 0 };
  const toStaging = stager(input, reader.positions);
  const problems = createWriteStream(spool);
  const lines = async function* () {
    for await (const batch of reader.batches) {
      const rows: string[] = [];
      const faults: string[] = [];
      for (const source of batch) {
        const staged = toStaging(source);
        for (const row of staged.rows)
          rows.push(copyLine([String(source.record), String(source.line), ...row]));
        for (const problem of staged.problems) faults.push(problemLine(source, problem));
      }
      loaded.read += batch.length;
      onRows(loaded.read);
      if (faults.length > 0 && !problems.write(faults.join(''))) await once(problems, 'drain');
      if (rows.length > 0) yield Buffer.from(rows.join(''));
    }
  };
  try {
    await copyInto(client, 'import_row', ['record', 'line', ...Object.keys(stagingColumns(input))], lines());
  } finally {
    problems.end();
    await once(problems, 'close');
  }
  const columns = ['record', 'line', 'column_name', 'code', 'severity', 'message', 'sample'];
  await copyInto(client, 'import_problem', columns, createReadStream(spool));
  return loaded;
}

const problemLine = (
  { record, line }: SourceRecord,
  { column, code, severity, message, sample }: RowProblem,
) => copyLine([String(record), String(line), column, code, severity, message, sample]);
