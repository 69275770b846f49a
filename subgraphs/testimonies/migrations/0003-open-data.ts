import { type Kysely, sql } from 'kysely';

/**
 * What the open-data export of testimonies says and the first tables had no room for. A structure is named there
 * by its label: where the directory does not know it, the network and the words of the source are kept, and where
 * even the network is unknown the whole is kept aside, out of the graph, until a later import places it.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table testimonies.testimony
      -- « Amélioration de service à considérer », in the words of the source.
      add column improvement text,
      -- Of what was imported last, the pseudonym left out: the same again is no change.
      add column source_digest text`.execute(db);
  await sql`alter table testimonies.testimony_tag add column detail text`.execute(db);
  await sql`
    alter table testimonies.concern
      alter column structure_id drop not null,
      -- The words of the source, where no structure was recognised.
      add column structure_label text,
      add column typology_label text`.execute(db);
  await sql`
    create table testimonies.unplaced_concern (
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      position smallint not null check (position between 1 and 3),
      structure_label text,
      typology_label text,
      channels text[] not null,
      status text not null,
      reply text,
      first_answered_on date,
      ai_similarity numeric(5, 2),
      primary key (testimony_id, position)
    )`.execute(db);
  await views(db, {
    testimony: sql`, user_country, improvement`,
    concern: sql`, c.structure_label, c.typology_label`,
    tag: sql`, x.detail`,
  });
}

export async function down(db: Kysely<any>): Promise<void> {
  await views(db, { testimony: sql``, concern: sql``, tag: sql`` });
  await sql`drop table testimonies.unplaced_concern`.execute(db);
  await sql`delete from testimonies.concern where structure_id is null`.execute(db);
  await sql`
    alter table testimonies.concern
      drop column structure_label, drop column typology_label, alter column structure_id set not null`.execute(
    db,
  );
  await sql`alter table testimonies.testimony_tag drop column detail`.execute(db);
  await sql`alter table testimonies.testimony drop column improvement, drop column source_digest`.execute(db);
}

/** The views of 0001, with columns more at their ends. */
async function views(
  db: Kysely<any>,
  more: Record<'testimony' | 'concern' | 'tag', ReturnType<typeof sql>>,
): Promise<void> {
  for (const view of VIEWS) await sql`drop view testimonies.${sql.id(view)}`.execute(db);
  await sql`
    create view testimonies.published_testimony as
      select id, title, body, pseudonym, posted_as, feeling, written_on, published_on, user_departement_id,
             user_region_id, similar_experiences, action_engaged, action_engaged_on, search, import_id, import_row,
             exists (select from testimonies.concern
                      where testimony_id = testimony.id and status = 'PUBLISHED') as answered${more.testimony}
        from testimonies.testimony where state = 'PUBLISHED'`.execute(db);
  await sql`
    create view testimonies.published_concern as
      select c.network_id, c.testimony_id, c.position, c.structure_id, c.site_id, s.typology_id, c.channels,
             case when c.status in ('DRAFT', 'TO_VALIDATE') then 'TO_PROCESS' else c.status end as status,
             coalesce(site.commune_id, s.commune_id) as commune_id,
             coalesce(site.departement_id, s.departement_id) as departement_id,
             coalesce(site.region_id, s.region_id) as region_id${more.concern}
        from testimonies.concern c
        join testimonies.testimony t on t.id = c.testimony_id and t.state = 'PUBLISHED'
        left join directory.structure s on s.id = c.structure_id
        left join directory.site site on site.id = c.site_id`.execute(db);
  await sql`
    create view testimonies.published_tag as
      select x.testimony_id, x.tag_id${more.tag} from testimonies.testimony_tag x
        join testimonies.testimony t on t.id = x.testimony_id and t.state = 'PUBLISHED'`.execute(db);
  for (const view of VIEWS) {
    await sql`grant select on testimonies.${sql.id(view)} to testimonies_public, testimonies_agent`.execute(
      db,
    );
  }
}

const VIEWS = ['published_tag', 'published_concern', 'published_testimony'];
