import { type Kysely, sql } from 'kysely';
import { roleName } from '../postgres/roles.ts';

/**
 * Creates the journal of imports in a subgraph's schema; called by that subgraph's first migration.
 *
 * `import` holds one row per run (and per rollback), the provenance of every fact. `import_before` holds the
 * rows of reference tables as they were before a run, null where the run created them. Readers may see where
 * a published fact comes from, not what was refused nor the rows before.
 */
export async function createJournal(db: Kysely<any>, schema: string): Promise<void> {
  await sql`
    create table ${sql.table(`${schema}.import`)} (
      id uuid primary key,
      kind text not null default 'IMPORT' check (kind in ('IMPORT', 'ROLLBACK')),
      feed text not null,
      -- What it writes to; two runs of one feed and scope never overlap.
      scope text not null,
      file_name text not null,
      -- Of the file as received, compressed or not: the same file twice is recognised.
      sha256 text not null,
      bytes bigint not null,
      options jsonb not null default '{}',
      source text,
      licence text,
      published_on date,
      state text not null check (state in ('RUNNING', 'PUBLISHED', 'REFUSED', 'FAILED', 'ROLLED_BACK')),
      started_at timestamptz not null default clock_timestamp(),
      finished_at timestamptz,
      rows_read bigint not null default 0,
      accepted bigint not null default 0,
      rejected bigint not null default 0,
      quarantined bigint not null default 0,
      notices bigint not null default 0,
      -- Rising with each publication of the subgraph, rollbacks included.
      publication bigint unique,
      rolled_back_by uuid references ${sql.table(`${schema}.import`)} (id),
      -- Why it was refused or failed.
      reason text,
      check ((publication is not null) = (state in ('PUBLISHED', 'ROLLED_BACK')))
    )`.execute(db);
  await sql`create index import_feed on ${sql.table(`${schema}.import`)} (feed, scope, publication)`.execute(
    db,
  );
  await sql`
    create table ${sql.table(`${schema}.import_before`)} (
      import_id uuid not null references ${sql.table(`${schema}.import`)} (id) on delete cascade,
      entity text not null,
      entity_id text collate "C" not null,
      -- The whole row; null when the run created it.
      before jsonb,
      primary key (import_id, entity, entity_id)
    )`.execute(db);
  // Which later imports touched the same row.
  await sql`
    create index import_before_entity on ${sql.table(`${schema}.import_before`)} (entity, entity_id)
  `.execute(db);
  for (const role of ['public', 'agent'] as const) {
    await sql`
      grant select (id, kind, feed, scope, file_name, sha256, source, licence, published_on, state,
        started_at, finished_at, accepted, quarantined, publication)
      on ${sql.table(`${schema}.import`)} to ${sql.ref(roleName(schema, role))}`.execute(db);
  }
}

/** Removes what `createJournal` made; facts that reference it must be gone. */
export async function dropJournal(db: Kysely<any>, schema: string): Promise<void> {
  await sql`drop table ${sql.table(`${schema}.import_before`)}`.execute(db);
  await sql`drop table ${sql.table(`${schema}.import`)}`.execute(db);
}

export type ImportState = 'RUNNING' | 'PUBLISHED' | 'REFUSED' | 'FAILED' | 'ROLLED_BACK';

/** A journal row; dates and counts as PostgreSQL writes them. */
export interface ImportEntry {
  id: string;
  kind: 'IMPORT' | 'ROLLBACK' | 'REFRESH';
  feed: string;
  scope: string;
  file_name: string;
  sha256: string;
  bytes: string;
  options: Record<string, string>;
  source: string | null;
  licence: string | null;
  published_on: string | null;
  state: ImportState;
  started_at: Date;
  finished_at: Date | null;
  rows_read: string;
  accepted: string;
  rejected: string;
  quarantined: string;
  notices: string;
  publication: string | null;
  rolled_back_by: string | null;
  reason: string | null;
}
