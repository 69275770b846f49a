import { type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';

/**
 * Rewriting in the hub: versions of reports and documents, the texts before and after, their tests with users, and
 * what of it is shown to everybody. Unpublished texts are read under the security of their report.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await countVersions(db);
  await sql`
    alter table simplification.report
      -- In the words of those who declined it.
      add column decline_reason text`.execute(db);
  await sql`
    alter table simplification.document
      -- Day since which it is out of the published register; null for what never was in it.
      add column withdrawn_on date`.execute(db);
  await protectByNetwork(db, 'simplification', 'document', ['select']);
  await createRewrites(db);
  await createTests(db);
  await nothingUntested(db);
  await createGallery(db);
}

/** Whoever changes a row, a file included, makes a new version of it: nobody overwrites what they have not read. */
async function countVersions(db: Kysely<any>): Promise<void> {
  await sql`
    create function simplification.next_version() returns trigger language plpgsql as $$
    begin
      new.version := old.version + 1;
      return new;
    end $$`.execute(db);
  for (const table of VERSIONED) {
    const name = sql.table(`simplification.${table}`);
    await sql`alter table ${name} add column version integer not null default 1`.execute(db);
    await sql`
      create trigger next_version before update on ${name}
        for each row execute function simplification.next_version()`.execute(db);
  }
}

async function createRewrites(db: Kysely<any>): Promise<void> {
  const scores = CRITERIA.flatMap((criterion) => ['before', 'after'].map((when) => `${criterion}_${when}`));
  const columns = scores.map(
    (name) => sql`${sql.id(name)} smallint not null check (${sql.id(name)} between 0 and 3)`,
  );
  await sql`
    -- A version of the new text of a reported document. The last one is what is tested and disseminated.
    create table simplification.rewrite (
      network_id text collate "C" not null,
      report_id text collate "C" not null,
      number smallint not null check (number > 0),
      id text collate "C" generated always as ('REWRITE-' || substr(report_id, 5) || '-' || number) stored unique,
      before text not null check (char_length(before) between 1 and 20000),
      after text not null check (char_length(after) between 1 and 20000),
      written_on date not null,
      -- Roles of those who were consulted, never names.
      experts text[] not null default '{}' check (experts <@ array['LEGAL', 'BUSINESS_RULES', 'PLAIN_LANGUAGE',
        'DESIGN', 'FRONT_DESK', 'USER_ASSOCIATION', 'ACCESSIBILITY', 'OTHER']),
      -- The four criteria of plain language, 0 (not met) to 3 (met).
      ${sql.join(columns)},
      assessment text,
      -- In the gallery: under which title, since when.
      title text,
      published_on date,
      import_id uuid references simplification.import (id),
      import_row integer,
      primary key (network_id, report_id, number),
      foreign key (network_id, report_id) references simplification.report (network_id, id)
        on delete cascade,
      check (published_on is null or title is not null)
    )`.execute(db);
  await sql`
    create index on simplification.rewrite (published_on desc, id desc) where published_on is not null`.execute(
    db,
  );
  await ofTheReport(db, 'rewrite');
}

async function createTests(db: Kysely<any>): Promise<void> {
  await sql`
    create table simplification.user_test (
      -- TEST-<key>
      id text collate "C" primary key,
      network_id text collate "C" not null,
      report_id text collate "C" not null,
      -- The version of the text that was tested.
      rewrite smallint not null,
      tested_on date not null,
      testers integer not null check (testers > 0),
      understood integer not null check (understood between 0 and testers),
      completed integer not null check (completed between 0 and testers),
      -- What came out of it; never public, for testers may be quoted.
      remarks text,
      session_id text collate "C",
      import_id uuid references simplification.import (id),
      import_row integer,
      foreign key (network_id, report_id, rewrite)
        references simplification.rewrite (network_id, report_id, number) on delete cascade
    )`.execute(db);
  await sql`create index on simplification.user_test (network_id, report_id, rewrite)`.execute(db);
  // The planner keeps samples of values, which would outlive the rows.
  await sql`alter table simplification.user_test alter column remarks set statistics 0`.execute(db);
  await ofTheReport(db, 'user_test');
}

/** Whoever sees a report sees its texts: the policy of the report holds in here. */
async function ofTheReport(db: Kysely<any>, table: string): Promise<void> {
  const name = sql.table(`simplification.${table}`);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`
    create policy of_the_report on ${name} to simplification_agent
      using (exists (select from simplification.report r
                      where r.network_id = ${sql.id(table)}.network_id and r.id = ${sql.id(table)}.report_id))
  `.execute(db);
  await sql`grant select on ${name} to simplification_agent`.execute(db);
}

/** A file tells of tests made elsewhere; what is disseminated in the hub was tested in it, in its last version. */
async function nothingUntested(db: Kysely<any>): Promise<void> {
  await sql`
    create function simplification.nothing_untested() returns trigger
      language plpgsql security definer set search_path = '' as $$
    begin
      if not exists (
        select from simplification.user_test t
         where t.network_id = new.network_id and t.report_id = new.id
           and t.rewrite = (select max(w.number) from simplification.rewrite w
                             where w.network_id = new.network_id and w.report_id = new.id)) then
        raise exception 'The last version of % was not tested with users.', new.id using errcode = 'check_violation';
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger nothing_untested before update on simplification.report
      for each row when (new.status = 'DISSEMINATED' and old.status <> 'DISSEMINATED' and new.import_id is null)
      execute function simplification.nothing_untested()`.execute(db);
}

async function createGallery(db: Kysely<any>): Promise<void> {
  const scores = CRITERIA.flatMap((criterion) =>
    ['before', 'after'].map((when) => sql.ref(`w.${criterion}_${when}`)),
  );
  await sql`
    -- Before and after: texts that are in use, of public reports, that their network chose to show.
    create view simplification.published_before_after with (security_barrier) as
      select w.network_id, w.id, w.report_id, w.title, w.before, w.after, w.experts, w.written_on, w.published_on,
             ${sql.join(scores)}, w.import_id, w.import_row,
             r.document_id, r.structure_id, r.site_id, r.kind, r.problems, r.received_on, r.disseminated_on,
             coalesce(t.testers, 0) as testers, coalesce(t.understood, 0) as understood,
             coalesce(t.completed, 0) as completed,
             coalesce(site.commune_id, s.commune_id) as commune_id,
             coalesce(site.departement_id, s.departement_id) as departement_id,
             coalesce(site.region_id, s.region_id) as region_id
        from simplification.rewrite w
        join simplification.report r on r.network_id = w.network_id and r.id = w.report_id
        left join lateral (
          select sum(t.testers)::int as testers, sum(t.understood)::int as understood, sum(t.completed)::int as completed
            from simplification.user_test t
           where t.network_id = w.network_id and t.report_id = w.report_id and t.rewrite = w.number) t on true
        left join directory.structure s on s.id = r.structure_id
        left join directory.site site on site.id = r.site_id
       where w.published_on is not null and r.published and r.status = 'DISSEMINATED'`.execute(db);
  await sql`
    grant select on simplification.published_before_after to simplification_public, simplification_agent
  `.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop view simplification.published_before_after`.execute(db);
  await sql`drop trigger nothing_untested on simplification.report`.execute(db);
  await sql`drop function simplification.nothing_untested()`.execute(db);
  await sql`drop table simplification.user_test`.execute(db);
  await sql`drop table simplification.rewrite`.execute(db);
  await sql`revoke select on simplification.document from simplification_agent`.execute(db);
  await sql`drop policy of_the_network on simplification.document`.execute(db);
  await sql`alter table simplification.document disable row level security`.execute(db);
  await sql`alter table simplification.document drop column withdrawn_on`.execute(db);
  await sql`alter table simplification.report drop column decline_reason`.execute(db);
  for (const table of VERSIONED) {
    const name = sql.table(`simplification.${table}`);
    await sql`drop trigger next_version on ${name}`.execute(db);
    await sql`alter table ${name} drop column version`.execute(db);
  }
  await sql`drop function simplification.next_version()`.execute(db);
}

const VERSIONED = ['report', 'document'];
const CRITERIA = ['sentences', 'vocabulary', 'order', 'layout'];
