import { type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';
import { createWriteTables, dropWriteTables } from '../../../kernel/write/tables.ts';

/**
 * What users send: reports written through the graph, and the files that go with them. The files themselves are
 * elsewhere (a folder, an object store); here is what is known of each. Those entitled read reports and files under
 * row-level security, published or not; what was erased stays erased.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createWriteTables(db, 'simplification');
  await sql`
    -- Where the reported page is. Never public: an address may hold what somebody typed, or who they are.
    alter table simplification.report add column url text`.execute(db);
  await protectByNetwork(db, 'simplification', 'report', ['select'], { referent: true });
  await createFiles(db);
  await keepErased(db);
  // The planner keeps samples of values, which would outlive the rows. Nothing is searched by these columns.
  for (const { table, column } of WRITTEN_BY_USERS) {
    await sql`
      alter table simplification.${sql.id(table)} alter column ${sql.id(column)} set statistics 0`.execute(
      db,
    );
  }
}

async function createFiles(db: Kysely<any>): Promise<void> {
  await sql`
    create table simplification.file (
      -- FILE-<uuid>: its name in the store, too.
      id text collate "C" primary key check (id ~ '^FILE-[0-9a-f-]{36}$'),
      -- The key or the person who sent it, and who alone may attach it.
      deposited_by text not null,
      deposited_at timestamptz not null default clock_timestamp(),
      -- What its content is, never what it was called. Null until the store has the whole of it.
      type text,
      bytes integer check (bytes > 0),
      sha256 text,
      -- The report that it is attached to, and its rank there from 1.
      network_id text collate "C",
      report_id text collate "C",
      rank smallint check (rank between 1 and 5),
      check ((type is null) = (bytes is null) and (type is null) = (sha256 is null)),
      check ((report_id is null) = (network_id is null)),
      check (report_id is null or (type is not null and rank is not null)),
      unique (network_id, report_id, rank),
      -- A file whose report is gone is purged like one that was never attached.
      foreign key (network_id, report_id) references simplification.report (network_id, id)
        on delete set null
    )`.execute(db);
  await sql`
    -- What the purge looks for.
    create index on simplification.file (deposited_at) where report_id is null`.execute(db);
  await sql`alter table simplification.file enable row level security`.execute(db);
  await sql`
    -- Whoever sees the report sees its files: the policy of the report holds in here.
    create policy of_the_report on simplification.file to simplification_agent
      using (exists (select from simplification.report r
                      where r.network_id = file.network_id and r.id = file.report_id))`.execute(db);
  await sql`
    grant select (id, type, bytes, network_id, report_id, rank) on simplification.file to simplification_agent
  `.execute(db);
}

/** What a reporter wrote is erased for good: an import of an older file, a rollback or a correction keeps it out. */
async function keepErased(db: Kysely<any>): Promise<void> {
  await sql`
    create table simplification.erased_report (
      report_id text collate "C" primary key,
      erased_at timestamptz not null default clock_timestamp()
    )`.execute(db);
  await sql`
    -- With the rights of the owner: those who write reports need not see what was erased.
    create function simplification.stay_erased() returns trigger
      language plpgsql security definer set search_path = '' as $$
    begin
      if exists (select from simplification.erased_report where report_id = new.id) then
        new.comment := null;
        new.suggestion := null;
        new.url := null;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger stay_erased before insert or update on simplification.report
      for each row when (new.comment is not null or new.suggestion is not null or new.url is not null)
      execute function simplification.stay_erased()`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const { table, column } of WRITTEN_BY_USERS) {
    await sql`
      alter table simplification.${sql.id(table)} alter column ${sql.id(column)} set statistics -1`.execute(
      db,
    );
  }
  await sql`drop trigger stay_erased on simplification.report`.execute(db);
  await sql`drop function simplification.stay_erased()`.execute(db);
  await sql`drop table simplification.erased_report`.execute(db);
  await sql`drop table simplification.file`.execute(db);
  await sql`revoke select on simplification.report from simplification_agent`.execute(db);
  await sql`drop policy of_the_network on simplification.report`.execute(db);
  await sql`alter table simplification.report disable row level security`.execute(db);
  await sql`alter table simplification.report drop column url`.execute(db);
  await dropWriteTables(db, 'simplification');
}

const WRITTEN_BY_USERS = [
  { table: 'report', column: 'comment' },
  { table: 'report', column: 'suggestion' },
  { table: 'report', column: 'url' },
  { table: 'import_before', column: 'before' },
];
