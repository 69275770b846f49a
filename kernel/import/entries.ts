import { type QueryExecutorProvider, sql } from 'kysely';
import type { FeedOptions } from './feed.ts';
import type { ImportEntry, ImportState } from './journal.ts';

/**
 * Reading and writing the journal. The connection acts as the owner of one subgraph's schema, which leads its
 * search path: `import` is that subgraph's.
 */
export interface NewEntry {
  id: string;
  /** REFRESH: nothing came in, but what may be shown changed; only subgraphs whose journal allows it. */
  kind: 'IMPORT' | 'ROLLBACK' | 'REFRESH';
  feed: string;
  scope: string;
  fileName: string;
  sha256: string;
  bytes: number;
  options: FeedOptions;
  source: string | null;
  licence: string | null;
  publishedOn: string | null;
}

export async function startEntry(db: QueryExecutorProvider, entry: NewEntry): Promise<void> {
  await sql`
    insert into import (id, kind, feed, scope, file_name, sha256, bytes, options, source, licence, published_on, state)
    values (${entry.id}, ${entry.kind}, ${entry.feed}, ${entry.scope}, ${entry.fileName}, ${entry.sha256},
      ${entry.bytes}, ${JSON.stringify(entry.options)}::jsonb, ${entry.source}, ${entry.licence},
      ${entry.publishedOn}::date, 'RUNNING')`.execute(db);
}

export interface EntryCounts {
  read: number;
  accepted: number;
  rejected: number;
  quarantined: number;
  notices: number;
}

/** Closes an entry; `publication` only with PUBLISHED. */
export async function finishEntry(
  db: QueryExecutorProvider,
  id: string,
  state: ImportState,
  counts: EntryCounts | null,
  more: { publication?: string; reason?: string } = {},
): Promise<void> {
  await sql`
    update import set state = ${state}, finished_at = clock_timestamp(), reason = ${more.reason ?? null},
      publication = ${more.publication ?? null}::bigint, rows_read = ${counts?.read ?? 0},
      accepted = ${counts?.accepted ?? 0}, rejected = ${counts?.rejected ?? 0},
      quarantined = ${counts?.quarantined ?? 0}, notices = ${counts?.notices ?? 0}
    where id = ${id}`.execute(db);
}

/** Next publication number; the caller holds the publication lock. */
export async function nextPublication(trx: QueryExecutorProvider): Promise<string> {
  const next = await sql<{ number: string }>`
    select coalesce(max(publication), 0) + 1 as number from import`.execute(trx);
  return next.rows[0]?.number ?? '1';
}

const COLUMNS = sql`id, kind, feed, scope, file_name, sha256, bytes, options, source, licence, published_on, state,
  started_at, finished_at, rows_read, accepted, rejected, quarantined, notices, publication, rolled_back_by, reason`;

/** The publication that a feed serves now in a scope, or null. */
export async function currentEntry(
  db: QueryExecutorProvider,
  feed: string,
  scope: string,
): Promise<ImportEntry | null> {
  const found = await sql<ImportEntry>`
    select ${COLUMNS} from import
    where kind = 'IMPORT' and state = 'PUBLISHED' and feed = ${feed} and scope = ${scope}
    order by publication desc limit 1`.execute(db);
  return found.rows[0] ?? null;
}

/** Fewest characters of an id that name an import: fewer might name another one than the operator thinks. */
export const ID_CHARACTERS = 8;

/** Entries whose id begins so, latest first; none for less than `ID_CHARACTERS`. */
export async function findEntries(db: QueryExecutorProvider, id: string): Promise<ImportEntry[]> {
  if (id.length < ID_CHARACTERS) return [];
  const found = await sql<ImportEntry>`
    select ${COLUMNS} from import where starts_with(id::text, ${id.toLowerCase()})
    order by started_at desc, id limit 10`.execute(db);
  return found.rows;
}

/** An entry by its id, or by the beginning of its id when no other begins so. */
export async function findEntry(db: QueryExecutorProvider, id: string): Promise<ImportEntry | null> {
  const [entry, ...others] = await findEntries(db, id);
  return others.length === 0 ? (entry ?? null) : null;
}

/** Latest entries first. */
export async function listEntries(db: QueryExecutorProvider, limit = 50): Promise<ImportEntry[]> {
  const found = await sql<ImportEntry>`
    select ${COLUMNS} from import order by started_at desc, id limit ${limit}`.execute(db);
  return found.rows;
}

/**
 * Marks as FAILED the entries whose process is gone (`kill -9`, power cut); what they wrote was never visible.
 * @param held the scope whose lock the caller has: what ran in it is over. A dying session lets go of its locks one
 *   after the other, so that its entry's own lock may still stand when the scope is already free.
 */
export async function recoverStale(
  db: QueryExecutorProvider,
  held: { feed: string; scope: string } = { feed: '', scope: '' },
): Promise<number> {
  const result = await sql`
    update import set state = 'FAILED', finished_at = clock_timestamp(), reason = 'the process that ran it stopped'
    where state = 'RUNNING' and (feed = ${held.feed} and scope = ${held.scope}
      or pg_try_advisory_xact_lock(hashtextextended('hub import ' || id, 0)))`.execute(db);
  return Number(result.numAffectedRows ?? 0);
}
