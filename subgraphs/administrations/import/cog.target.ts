import { sql } from 'kysely';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';

/**
 * Makes the temporary table `cog_territory`: the territories as the file wants them, with the populations of
 * départements, régions and the nation added up from their communes (arrondissements are part of theirs).
 */
export async function stageTerritories(trx: ImportTransaction): Promise<void> {
  await sql`
    create temporary table cog_territory (
      id text collate "C" primary key, level text not null, code text not null, name text not null,
      parent_id text collate "C", departement_id text collate "C", region_id text collate "C",
      population integer, postal_codes text[] not null, latitude double precision, longitude double precision,
      center_method text, is_arrondissement boolean not null, merged_into text collate "C"
    ) on commit drop`.execute(trx);
  await sql`
    insert into cog_territory
    with place as (
      select s.*, c.latitude as lat, c.longitude as lon, c.method as how
      from import_row s left join import_row c on c.kind = 'CENTER' and c.code = s.code
      where s.kind in ('COMMUNE', 'ARRONDISSEMENT')
    ),
    -- A file of communes alone keeps the départements and régions of the hub.
    departement as (
      select code, name, parent as region from import_row s where s.kind = 'DEPARTEMENT'
      union all
      select code, name, substr(region_id, 5) from directory.territory
      where level = 'DEPARTEMENT' and is_current
        and not exists (select from import_row s where s.kind = 'DEPARTEMENT')
    ),
    region as (
      select code, name from import_row s where s.kind = 'REGION'
      union all
      select code, name from directory.territory
      where level = 'REGION' and is_current and not exists (select from import_row s where s.kind = 'REGION')
    ),
    commune as (
      select distinct on (p.code) p.*, d.code as departement, d.region as region_code
      from place p join departement d on d.code = p.parent
      where p.kind = 'COMMUNE'
      order by p.code, p.record
    ),
    postal as (
      select p.code, p.kind, coalesce(array_agg(value order by value), '{}') as codes
      from place p cross join lateral jsonb_array_elements_text(p.postal_codes) as value
      group by p.code, p.kind
    )
    select 'FR', 'NATIONAL', 'FR', 'France', null, null, null,
      (select sum(population) from commune), '{}'::text[], null::float8, null::float8, null, false, null
    union all
    select 'REG-' || r.code, 'REGION', r.code, r.name, 'FR', null, 'REG-' || r.code,
      (select sum(population) from commune c where c.region_code = r.code), '{}', null, null, null, false, null
    from region r
    union all
    select 'DEP-' || d.code, 'DEPARTEMENT', d.code, d.name, 'REG-' || d.region, 'DEP-' || d.code,
      'REG-' || d.region, (select sum(population) from commune c where c.departement = d.code),
      '{}', null, null, null, false, null
    from departement d
    union all
    select 'COM-' || c.code, 'COMMUNE', c.code, c.name, 'DEP-' || c.departement, 'DEP-' || c.departement,
      'REG-' || c.region_code, c.population, coalesce(o.codes, '{}'), c.lat, c.lon, c.how, false, null
    from commune c left join postal o on o.code = c.code and o.kind = 'COMMUNE'
    union all
    select distinct on (a.code) 'COM-' || a.code, 'COMMUNE', a.code, a.name, 'COM-' || c.code,
      'DEP-' || c.departement, 'REG-' || c.region_code, a.population, coalesce(o.codes, '{}'), a.lat, a.lon, a.how,
      true, null
    from place a join commune c on c.code = a.parent
    left join postal o on o.code = a.code and o.kind = 'ARRONDISSEMENT'
    where a.kind = 'ARRONDISSEMENT'`.execute(trx);
  // Former communes after the current ones, which prevail when a code came back.
  await sql`
    insert into cog_territory
    select distinct on (f.code) 'COM-' || f.code, 'COMMUNE', f.code,
      coalesce(n.name, known.name, 'Ancienne commune ' || f.code), heir.departement_id, heir.departement_id,
      heir.region_id, null, '{}', null, null, null, false, heir.id
    from import_row f
    join cog_territory heir on heir.id = 'COM-' || f.parent
    left join import_row n on n.kind = 'FORMER_NAME' and n.code = f.code
    left join directory.territory known on known.id = 'COM-' || f.code
    where f.kind = 'FORMER'
    order by f.code, f.parent
    on conflict (id) do nothing`.execute(trx);
}
