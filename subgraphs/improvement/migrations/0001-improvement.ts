import { type Kysely, sql } from 'kysely';
import { createJournal, dropJournal } from '../../../kernel/import/journal.ts';

/**
 * What services do about their results: self-diagnoses, action plans, labels, impacts. Each fact belongs to a
 * network and, where it is local, to a structure, a site or a territory of it. Readers of the graph see views
 * of published rows, completed with the places of the directory.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'improvement');

  await sql`
    create table improvement.action_plan (
      ${SUBJECT},
      -- PLAN-<key>
      title text not null,
      description text,
      status text not null check (status in ('PROPOSED', 'PRIORITISED', 'IN_PROGRESS', 'DONE', 'ABANDONED')),
      commitment_ids text[] not null default '{}',
      starts_on date,
      due_on date,
      done_on date,
      check (status <> 'DONE' or done_on is not null)
    )`.execute(db);
  await sql`
    -- At least one a year at the finest level of a service; DIAG-<key>.
    create table improvement.self_diagnosis (
      ${SUBJECT},
      made_on date not null,
      -- [{ commitmentId, score: 0..100, comment }], read whole with its diagnosis.
      findings jsonb not null default '[]'
    )`.execute(db);
  await sql`
    -- Given for three years after an audit and two surveys (public rules of 2023); LABEL-<key>.
    create table improvement.label (
      ${SUBJECT},
      level text not null check (level in ('BRONZE', 'SILVER', 'GOLD')),
      granted_on date not null,
      expires_on date not null,
      withdrawn_on date,
      check (expires_on > granted_on)
    )`.execute(db);
  await sql`
    -- « Vous nous l'avez demandé, on l'a fait »: the public story of a change; IMPACT-<key>.
    create table improvement.impact (
      ${SUBJECT},
      title text not null,
      story text,
      before_text text,
      after_text text,
      published_on date,
      plan_id text collate "C",
      check (not published or published_on is not null)
    )`.execute(db);

  for (const table of TABLES) {
    const name = sql.id(table);
    for (const parent of ['id', 'site_id', 'structure_id']) {
      await sql`create index on improvement.${name} (${sql.id(parent)})`.execute(db);
    }
    await sql`
      create view improvement.${sql.id(`published_${table}`)} with (security_barrier) as
        select f.*,
               coalesce(site.commune_id, s.commune_id, case when t.level = 'COMMUNE' then t.id end) as commune_id,
               coalesce(site.departement_id, s.departement_id,
                        case when t.level = 'DEPARTEMENT' then t.id else t.departement_id end) as departement_id,
               coalesce(site.region_id, s.region_id,
                        case when t.level = 'REGION' then t.id else t.region_id end) as region_id
          from improvement.${name} f
          left join directory.structure s on s.id = f.structure_id
          left join directory.site site on site.id = f.site_id
          left join directory.territory t on t.id = f.territory_id
         where f.published`.execute(db);
    await sql`
      grant select on improvement.${sql.id(`published_${table}`)} to improvement_public, improvement_agent
    `.execute(db);
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of TABLES) {
    await sql`drop view improvement.${sql.id(`published_${table}`)}`.execute(db);
    await sql`drop table improvement.${sql.id(table)}`.execute(db);
  }
  await dropJournal(db, 'improvement');
}

const TABLES = ['action_plan', 'self_diagnosis', 'label', 'impact'];

/** The columns that say whom a fact is about, and whether it is public. */
const SUBJECT = sql`
  network_id text collate "C" not null,
  id text collate "C" not null,
  structure_id text collate "C",
  site_id text collate "C",
  territory_id text collate "C",
  published boolean not null default false,
  import_id uuid references improvement.import (id),
  import_row integer,
  primary key (network_id, id)`;
