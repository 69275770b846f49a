import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';

/** A publication, as anybody may see it. */
export interface ImportRow {
  id: string;
  publication: string;
  feed: string;
  file_name: string;
  source: string | null;
  licence: string | null;
  published_on: string | null;
  published_at: Date;
  accepted: string;
  quarantined: string;
}

/**
 * Whether a network has current results of the import `i`: one step in the index (import, network), where a plain
 * `exists` would read every result whenever the planner believes that a match is near.
 */
const brought = (network: string): RawBuilder<boolean> => sql`
  ${network} = (
    select r.network_id from indicators.published_result r
     where r.import_id = i.id and r.network_id >= ${network} order by r.network_id limit 1)`;

const published = (network: string | null): RawBuilder<boolean> => sql`
  i.state = 'PUBLISHED' and i.kind = 'IMPORT' and ${network === null ? sql`true` : brought(network)}`;

/** Publications in force, the latest first; of a network, those that some of its current results came with. */
export async function importPage(
  db: Kysely<IndicatorsTables>,
  network: string | null,
  { before, limit }: { before: string | null; limit: number },
): Promise<ImportRow[]> {
  const { rows } = await sql<ImportRow>`
    select i.id, i.publication, i.feed, i.file_name, i.source, i.licence, i.published_on,
           coalesce(i.finished_at, i.started_at) as published_at, i.accepted, i.quarantined
      from indicators.import i
     where ${published(network)} and (${before}::bigint is null or i.publication < ${before}::bigint)
     order by i.publication desc limit ${limit}`.execute(db);
  return rows;
}

/** How many publications there are. */
export async function countImports(db: Kysely<IndicatorsTables>, network: string | null): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from indicators.import i where ${published(network)}`.execute(db);
  return rows[0]?.count ?? 0;
}
