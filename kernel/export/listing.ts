import { sql } from 'kysely';
import { jsonAnswer, type RawAnswer } from '../raw/route.ts';
import type { ExportPlace } from './answer.ts';
import { EXPORT_FORMATS } from './formats.ts';
import type { AskedExport } from './request.ts';
import { openSnapshot, stateIn } from './rows.ts';
import { allOf, type ExportSet } from './set.ts';

/**
 * What a set holds: its columns, its filters, and its parts with their rows, each named by values of its filters, so
 * that whoever misses some fetches these only.
 */
export async function answerListing(
  { databaseUrl, subgraph }: ExportPlace,
  asked: AskedExport,
): Promise<RawAnswer> {
  const { set, source } = asked;
  const snapshot = await openSnapshot(databaseUrl, subgraph);
  try {
    const state = await stateIn(snapshot, asked);
    const parts = Object.entries(set.partitions);
    const values = parts.map(([name, value]) => sql`${value} as ${sql.id(name)}`);
    const { rows } = await sql<Record<string, string> & { rows: string }>`
      select ${sql.join([...values, sql`count(*) as rows`])} from ${source.from} where ${allOf(source.where)}
       group by ${values.length === 0 ? sql`()` : sql.join(parts.map((_part, index) => sql.lit(index + 1)))}
       order by ${values.length === 0 ? sql`1` : sql.join(parts.map((_part, index) => sql.lit(index + 1)))}
      `.execute(snapshot.db);
    return jsonAnswer(200, {
      ...describe(set),
      publication: state.version,
      modified: state.modified,
      partitions: rows.map(({ rows: count, ...filters }) => ({ filters, rows: Number(count) })),
    });
  } finally {
    await snapshot.close();
  }
}

function describe({ name, description, columns, filters, key, openData }: ExportSet) {
  const told = (list: ExportSet['columns']) =>
    list.map(({ name: column, type, description: text }) => ({ name: column, type, description: text }));
  return {
    set: name,
    description,
    formats: EXPORT_FORMATS,
    key,
    columns: told(columns),
    openData: openData && { description: openData.description, columns: told(openData.columns) },
    filters: Object.entries(filters).map(([filter, { description: text, many }]) => ({
      name: filter,
      description: text,
      many,
    })),
  };
}
