import { sql } from 'kysely';
import { captureBefore } from '../../../kernel/import/before.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { competence, siteAlias } from './entities.ts';

/** Writes the sites that differ, reopens the closed ones, and keeps every other name they have as an alias. */
export async function writeSites(trx: ImportTransaction, importId: string) {
  const { rows } = await sql<{ inserted: number; updated: number; total: number }>`
    with written as (
      insert into directory.site as t (id, name, pivot, pivots, network_id, source_commune_code, commune_id,
        departement_id, region_id, latitude, longitude)
      select id, name, pivot, pivots, network_id, commune_code, commune_id, departement_id, region_id,
        latitude, longitude
      from annuaire_site
      on conflict (id) do update set name = excluded.name, pivot = excluded.pivot, pivots = excluded.pivots,
        network_id = excluded.network_id, source_commune_code = excluded.source_commune_code,
        commune_id = excluded.commune_id, departement_id = excluded.departement_id,
        region_id = excluded.region_id, latitude = excluded.latitude, longitude = excluded.longitude,
        valid_to = null
      where (t.name, t.pivot, t.pivots, t.network_id, t.source_commune_code, t.commune_id, t.departement_id,
          t.region_id, t.latitude, t.longitude, t.valid_to)
        is distinct from (excluded.name, excluded.pivot, excluded.pivots, excluded.network_id,
          excluded.source_commune_code, excluded.commune_id, excluded.departement_id, excluded.region_id,
          excluded.latitude, excluded.longitude, null)
      returning xmax = 0 as is_new
    )
    select (count(*) filter (where is_new))::int as inserted, (count(*) filter (where not is_new))::int as updated,
      (select count(*) from annuaire_site)::int as total
    from written`.execute(trx);
  const aliases = sql`
    select 'SITE-' || uuid as alias, id as site_id, uuid from annuaire_site where id <> 'SITE-' || uuid
    union all
    select old_code, id, uuid from annuaire_site where old_code is not null`;
  await captureBefore(trx, importId, siteAlias, sql`select alias from (${aliases}) a`);
  await sql`
    insert into directory.site_alias (alias, site_id)
    select distinct on (alias) alias, site_id from (${aliases}) a order by alias, uuid
    on conflict (alias) do nothing`.execute(trx);
  const { inserted = 0, updated = 0, total = 0 } = rows[0] ?? {};
  return { inserted, updated, unchanged: total - inserted - updated };
}

/** Columns of `site_detail` that come from the staged record as they are. */
const DETAIL = [
  'address',
  'postal_address',
  'phones',
  'emails',
  'websites',
  'opening',
  'opening_note',
  'accessibility',
  'accessibility_note',
  'information',
  'siren',
  'siret',
  'modified_on',
] as const;

/** Writes how to reach each site; a row that did not change keeps the provenance it had. */
export async function writeDetails(trx: ImportTransaction, importId: string): Promise<void> {
  const each = (prefix: string) => sql.join(DETAIL.map((column) => sql.ref(`${prefix}.${column}`)));
  await sql`
    insert into administrations.site_detail as t
      (site_id, ${sql.join(DETAIL.map((column) => sql.ref(column)))}, source, import_id, import_row)
    select a.id, ${each('s')}, s.origin, ${importId}::uuid, s.line
    from annuaire_site a join import_row s on s.record = a.record
    on conflict (site_id) do update set
      ${sql.join(DETAIL.map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`))},
      source = excluded.source, import_id = excluded.import_id, import_row = excluded.import_row
    where row(${each('t')}, t.source) is distinct from row(${each('excluded')}, excluded.source)`.execute(
    trx,
  );
}

/** A pivot that names several communes says whom the site serves: that replaces what the directory said before. */
export async function writeCompetence(trx: ImportTransaction, importId: string): Promise<void> {
  // Apart, and analysed: the planner expects a hundred values in each JSON list, and would join everything first.
  await sql`
    create temporary table annuaire_serves on commit drop as
    select a.id as site_id, a.line, p.pivot, code as commune_code
    from annuaire_site a join import_row s on s.record = a.record
    cross join lateral jsonb_to_recordset(s.serves) as p(pivot text, communes jsonb)
    cross join lateral jsonb_array_elements_text(p.communes) as code
    where s.serves <> '[]'`.execute(trx);
  await sql`analyze annuaire_serves`.execute(trx);
  const wanted = sql`
    select distinct on (2, 1, 3) n.network_id, h.id as commune_id, s.site_id, s.line as import_row
    from annuaire_serves s
    join directory.network_pivot n on n.pivot = s.pivot
    join directory.territory t on t.id = 'COM-' || s.commune_code
    join directory.territory h on h.id = coalesce(t.merged_into, t.id)
    order by 2, 1, 3`;
  const former = sql`
    select c.commune_id, c.network_id, c.site_id
    from directory.competence c
    join annuaire_site a on a.id = c.site_id
    join administrations.import i on i.id = c.import_id and i.feed = 'annuaire'`;
  await captureBefore(
    trx,
    importId,
    competence,
    sql`select commune_id, network_id, site_id from (${wanted}) w union ${former}`,
  );
  await sql`
    with wanted as materialized (${wanted}), former as (${former}), gone as (
      delete from directory.competence c using former f
      where (c.commune_id, c.network_id, c.site_id) = (f.commune_id, f.network_id, f.site_id)
        and not exists (select from wanted w
          where (w.commune_id, w.network_id, w.site_id) = (c.commune_id, c.network_id, c.site_id))
    )
    insert into directory.competence (network_id, commune_id, site_id, import_id, import_row)
    select network_id, commune_id, site_id, ${importId}::uuid, import_row from wanted
    on conflict do nothing`.execute(trx);
}
