import { type Kysely, sql } from 'kysely';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import type { IndicatorsTables } from '../tables.ts';
import type { Imported } from './provenance.ts';

/** What the journal says of imports. */
export async function importsById(
  db: Kysely<IndicatorsTables>,
  ids: readonly string[],
): Promise<(Imported & { id: string })[]> {
  const { rows } = await sql<Imported & { id: string }>`
    select i.id, coalesce(i.source, i.feed) as source, i.file_name, i.licence,
           coalesce(i.finished_at, i.started_at) as imported_at, i.published_on
      from ${rowsOfKeys(ids)} as k (id) join indicators.import i on i.id = k.id::uuid`.execute(db);
  return rows;
}
