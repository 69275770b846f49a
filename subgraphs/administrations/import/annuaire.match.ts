import { sql } from 'kysely';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/** How records found their site. */
export interface Matched extends Readonly<Record<string, number>> {
  byUuid: number;
  byFormerCode: number;
  isNew: number;
}

/**
 * Makes the temporary table `annuaire_site`: each record with the id of its site, its commune of today, its
 * network. The id is that of the site known by this UUID, else by this former code if no other record of the
 * file is that site already, else a new one. Ties are settled by UUID, never by the order of the file.
 */
export async function matchSites(trx: ImportTransaction): Promise<Matched> {
  await findKnown(trx);
  await sql`
    create temporary table annuaire_site on commit drop as
    select coalesce(k.id, 'SITE-' || s.uuid) collate "C" as id, coalesce(k.matched_by, 'NEW') as matched_by,
      s.record, s.line, s.uuid, s.old_code, s.name, s.pivots ->> 0 as pivot,
      (select array_agg(value order by rank) from jsonb_array_elements_text(s.pivots) with ordinality p(value, rank))
        as pivots,
      (select n.network_id from jsonb_array_elements_text(s.pivots) with ordinality p(value, rank)
        join directory.network_pivot n on n.pivot = p.value order by p.rank limit 1) as network_id,
      s.commune_code, h.id as commune_id, h.departement_id, h.region_id,
      case when far.is_far then null else s.latitude end as latitude,
      case when far.is_far then null else s.longitude end as longitude, far.is_far
    from import_row s
    left join annuaire_known k on k.record = s.record
    left join directory.territory t on t.id = 'COM-' || s.commune_code
    left join directory.territory h on h.id = coalesce(t.merged_into, t.id)
    -- Coordinates were found from addresses, sometimes of a namesake at the other end of the country.
    -- Overseas a commune may be an archipelago.
    cross join lateral (select coalesce(
      111.2 * sqrt(power(s.latitude - h.latitude, 2)
        + power((s.longitude - h.longitude) * cos(radians(h.latitude)), 2))
      > case when s.commune_code ~ '^9[78]' then 500 else 60 end, false) as is_far) far`.execute(trx);
  await sql`create unique index on annuaire_site (id)`.execute(trx);
  await sql`analyze annuaire_site`.execute(trx);
  const { rows } = await sql<Matched>`
    select (count(*) filter (where matched_by = 'UUID'))::int as "byUuid",
      (count(*) filter (where matched_by = 'CODE'))::int as "byFormerCode",
      (count(*) filter (where matched_by = 'NEW'))::int as "isNew"
    from annuaire_site`.execute(trx);
  return rows[0] ?? { byUuid: 0, byFormerCode: 0, isNew: 0 };
}

/** Makes `annuaire_known`: the records whose site exists. In steps, analysed, so that every join is a hash join. */
async function findKnown(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table annuaire_known on commit drop as
    -- Two records may know the same site, one by its id and one by an alias: its own id has it, else the first UUID.
    select distinct on (id) id, record, 'UUID' as matched_by
    from (
      select d.id, s.record, s.uuid, 1 as rank from import_row s join directory.site d on d.id = 'SITE-' || s.uuid
      union all
      select a.site_id, s.record, s.uuid, 2
      from import_row s join directory.site_alias a on a.alias = 'SITE-' || s.uuid
    ) direct
    order by id, rank, uuid`.execute(trx);
  await sql`analyze annuaire_known`.execute(trx);
  await sql`
    insert into annuaire_known
    select distinct on (a.site_id) a.site_id, s.record, 'CODE'
    from import_row s join directory.site_alias a on a.alias = s.old_code
    where not exists (select from annuaire_known k where k.record = s.record)
      and not exists (select from annuaire_known k where k.id = a.site_id)
    order by a.site_id, s.uuid`.execute(trx);
  await sql`analyze annuaire_known`.execute(trx);
}
