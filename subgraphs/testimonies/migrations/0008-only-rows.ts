import { type Kysely, sql } from 'kysely';

/**
 * Says of each row whether its testimony has no other. Counting testimonies by structure takes telling them apart, which
 * sorts them: with a million of them, five of the six seconds that a figure of the nation took.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table testimonies.entry add column is_only boolean not null default true`.execute(db);
  await sql`
    update testimonies.entry set is_only = false where testimony_id in (
      select testimony_id from testimonies.entry where not is_first)`.execute(db);
  await sql`alter table testimonies.entry alter column is_only drop default`.execute(db);
  await sql`
    create or replace view testimonies.published_entry as
      select e.number, e.testimony_id, e.position, e.is_first, e.published_on, e.written_on, e.feeling, e.posted_as,
             e.user_departement_id, e.user_region_id, e.action_engaged, e.answered, e.place, e.network_id, e.status,
             e.first_answered_on, e.channels, e.tags, e.procedures, p.structure_id, p.site_id, p.typology_id,
             p.commune_id, p.departement_id, p.region_id, e.is_only
        from testimonies.entry e left join testimonies.published_place p on p.id = e.place`.execute(db);
  await writeEntries(db, true);
}

/** As migration 0006 made it, with the new column or without. */
async function writeEntries(db: Kysely<any>, isOnly: boolean): Promise<void> {
  const added = (column: string) => sql.raw(isOnly ? `, ${column}` : '');
  await sql`
    create or replace function testimonies.write_entries(ids text[]) returns void
      language plpgsql set search_path = '' as $$
    begin
      delete from testimonies.entry where testimony_id = any(ids);
      insert into testimonies.entry_place (network_id, structure_id, site_id)
        select distinct c.network_id, c.structure_id, c.site_id
          from unnest(ids) as asked(id)
         cross join lateral (
           select c.network_id, c.structure_id, c.site_id from testimonies.published_concern c
            where c.testimony_id = asked.id offset 0) c
          left join testimonies.entry_place p on p.network_id = c.network_id
                and coalesce(p.structure_id, '') = coalesce(c.structure_id, '')
                and coalesce(p.site_id, '') = coalesce(c.site_id, '')
         where p.id is null
        on conflict do nothing;
      -- Testimony by testimony, whatever the planner thinks of how many there are: the same work for each.
      insert into testimonies.entry (number, testimony_id, position, is_first, published_on, written_on, feeling,
          posted_as, user_departement_id, user_region_id, action_engaged, answered, place, network_id, status,
          first_answered_on, channels, tags, procedures${added('is_only')})
        select t.number, t.id, coalesce(c.position, 0), coalesce(c.is_first, true),
               t.published_on, t.written_on, t.feeling, t.posted_as, t.user_departement_id, t.user_region_id,
               t.action_engaged, t.answered, p.id, c.network_id, c.status, c.first_answered_on,
               coalesce(c.channels, '{}'), g.tags, d.procedures${added('coalesce(c.is_only, true)')}
          from unnest(ids) as asked(id)
         cross join lateral (
           select nextval('testimonies.entry_number') as number, t.id, t.published_on, t.written_on, t.feeling,
                  t.posted_as, t.user_departement_id, t.user_region_id, t.action_engaged, t.answered
             from testimonies.published_testimony t where t.id = asked.id offset 0) t
          left join lateral (
           select c.position, c.network_id, c.structure_id, c.site_id, c.status,
                  array(select distinct channel from unnest(c.channels) as channel order by channel) as channels,
                  (select r.first_answered_on from testimonies.published_reply r
                    where r.testimony_id = asked.id and r.position = c.position) as first_answered_on,
                  row_number() over (order by c.position) = 1 as is_first, count(*) over () = 1 as is_only
             from testimonies.published_concern c where c.testimony_id = asked.id) c on true
         cross join lateral (
           select coalesce(array_agg(g.tag_id order by g.tag_id), '{}') as tags
             from testimonies.testimony_tag g where g.testimony_id = asked.id) g
         cross join lateral (
           select coalesce(array_agg(distinct coalesce(d.procedure_id, d.label)), '{}') as procedures
             from testimonies.testimony_procedure d where d.testimony_id = asked.id) d
          left join testimonies.entry_place p on p.network_id = c.network_id
                and coalesce(p.structure_id, '') = coalesce(c.structure_id, '')
                and coalesce(p.site_id, '') = coalesce(c.site_id, '')
         order by t.published_on, t.id, c.position;
    end $$`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await writeEntries(db, false);
  await sql`drop view testimonies.published_entry`.execute(db);
  await sql`alter table testimonies.entry drop column is_only`.execute(db);
  await sql`
    create view testimonies.published_entry as
      select e.*, p.structure_id, p.site_id, p.typology_id, p.commune_id, p.departement_id, p.region_id
        from testimonies.entry e left join testimonies.published_place p on p.id = e.place`.execute(db);
  await sql`grant select on testimonies.published_entry to testimonies_public, testimonies_agent`.execute(db);
}
