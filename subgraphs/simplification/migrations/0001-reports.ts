import { type Kysely, sql } from 'kysely';
import { createJournal, dropJournal } from '../../../kernel/import/journal.ts';

/**
 * Letters, e-mails, forms and pages that users or agents found too complex, and how far their rewriting is.
 * Readers of the graph see views of published rows; a reporter's comment and files are not in them.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'simplification');

  await sql`
    -- The register of the administrations' own documents.
    create table simplification.document (
      network_id text collate "C" not null,
      -- DOC-<key>
      id text collate "C" not null,
      title text not null,
      kind text not null check (kind in ('LETTER', 'EMAIL', 'FORM', 'WEB_PAGE')),
      -- Number or name that the administration gives it (cerfa, template).
      reference text,
      url text,
      published boolean not null default false,
      import_id uuid references simplification.import (id),
      import_row integer,
      primary key (network_id, id)
    )`.execute(db);
  await sql`create index on simplification.document (id)`.execute(db);

  await sql`
    -- One date per step reached: the funnel and its delays are read from them. A step that was skipped has none.
    create table simplification.report (
      network_id text collate "C" not null,
      -- REP-<key>
      id text collate "C" not null,
      document_id text collate "C",
      structure_id text collate "C",
      site_id text collate "C",
      kind text not null check (kind in ('LETTER', 'EMAIL', 'FORM', 'WEB_PAGE')),
      reported_by text not null default 'USER' check (reported_by in ('USER', 'AGENT')),
      problems text[] not null default '{}' check (problems <@ array['JARGON', 'TOO_DENSE', 'REFUSAL_UNCLEAR',
        'TOO_LONG', 'ACRONYMS', 'LAYOUT', 'ORDER', 'OTHER']),
      comment text,
      suggestion text,
      status text not null check (status in ('RECEIVED', 'TRIAGED', 'IN_REWRITE', 'USER_TESTED', 'DISSEMINATED', 'DECLINED')),
      received_on date not null,
      triaged_on date,
      rewritten_on date,
      tested_on date,
      disseminated_on date,
      declined_on date,
      published boolean not null default false,
      import_id uuid references simplification.import (id),
      import_row integer,
      primary key (network_id, id),
      -- Nothing is disseminated untested.
      check (disseminated_on is null or (tested_on is not null and tested_on <= disseminated_on)),
      check (status <> 'DISSEMINATED' or disseminated_on is not null),
      check (status <> 'DECLINED' or declined_on is not null)
    )`.execute(db);
  await sql`create index on simplification.report (id)`.execute(db);
  await sql`create index on simplification.report (network_id, received_on desc, id desc) where published`.execute(
    db,
  );
  await sql`create index on simplification.report (site_id, received_on desc, id desc) where published`.execute(
    db,
  );
  await sql`create index on simplification.report (structure_id, received_on desc, id desc) where published`.execute(
    db,
  );

  await sql`
    create view simplification.published_document with (security_barrier) as
      select network_id, id, title, kind, reference, url, import_id, import_row
        from simplification.document where published`.execute(db);
  await sql`
    create view simplification.published_report with (security_barrier) as
      select r.network_id, r.id, r.document_id, r.structure_id, r.site_id, r.kind, r.reported_by, r.problems, r.status,
             r.received_on, r.triaged_on, r.rewritten_on, r.tested_on, r.disseminated_on, r.declined_on,
             r.import_id, r.import_row,
             coalesce(site.commune_id, s.commune_id) as commune_id,
             coalesce(site.departement_id, s.departement_id) as departement_id,
             coalesce(site.region_id, s.region_id) as region_id
        from simplification.report r
        left join directory.structure s on s.id = r.structure_id
        left join directory.site site on site.id = r.site_id
       where r.published`.execute(db);
  for (const view of VIEWS) {
    await sql`grant select on simplification.${sql.id(view)} to simplification_public, simplification_agent`.execute(
      db,
    );
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const view of VIEWS) await sql`drop view simplification.${sql.id(view)}`.execute(db);
  for (const table of ['report', 'document']) {
    await sql`drop table simplification.${sql.id(table)}`.execute(db);
  }
  await dropJournal(db, 'simplification');
}

const VIEWS = ['published_report', 'published_document'];
