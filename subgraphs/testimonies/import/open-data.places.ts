import { sql } from 'kysely';
import { reportRows } from '../../../kernel/import/checks.ts';
import type { ImportTransaction } from '../../../kernel/import/feed.ts';
import { POSITIONS } from './open-data.sheet.ts';

/**
 * Finds who is concerned, for the staged rows: temporary tables `tem_group` (one row per structure of a testimony)
 * and `tem_place` (what each wording leads to: network, structure, site).
 *
 * A structure is found by its Code SP+, else by its label among those of the typology or network that the file
 * names beside it. Of several that answer, those still open come first; if several remain, none is taken.
 */
export async function findPlaces(trx: ImportTransaction): Promise<void> {
  const columns = ['typology', 'structure', 'code', 'site', 'channels', 'status', 'reply', 'similarity'];
  const groups = POSITIONS.map(
    (n) => sql`(${sql.lit(n)}::smallint, ${sql.join(columns.map((name) => sql.ref(`s.${name}_${n}`)))})`,
  );
  await sql`
    create temporary table tem_group on commit drop as
    select s.record, s.line, g.*, md5(row(g.typology, g.structure, g.code, g.site)::text) as place
      from import_row s
     cross join lateral (values ${sql.join(groups)})
           as g (position, ${sql.join(columns.map((name) => sql.id(name)))})
     where coalesce(g.typology, g.structure, g.code, g.site, g.reply) is not null`.execute(trx);
  await sql`analyze tem_group`.execute(trx);
  await sql`
    create temporary table tem_place on commit drop as
    with asked as materialized (
      select distinct on (g.place) g.place, g.structure, g.code, directory.label_key(g.typology) as typology_key,
             directory.label_key(g.structure) as structure_key, regexp_replace(g.code, '^STR-', '') as bare_code,
             g.site, coalesce(site.id, alias.site_id) as site_id
        from (select distinct place, typology, structure, code, site from tem_group) g
        left join directory.site site on site.id in (g.site, 'SITE-' || lower(g.site))
        left join directory.site_alias alias on alias.alias in (g.site, 'SITE-' || lower(g.site))
       order by g.place, alias.alias
    ), typology as materialized (
      select id, network_id, directory.label_key(name) as key from directory.typology
    ), named as materialized (
      select a.*, site.network_id as site_network_id,
             coalesce(
               (select n.network_id from directory.network_alias n where n.key = a.typology_key),
               (select n.id from directory.network n where n.code = replace(a.typology_key, ' ', '-')),
               (select min(t.network_id) from typology t where t.key = a.typology_key
                having min(t.network_id) = max(t.network_id))) as network_id,
             exists (select from typology t where t.key = a.typology_key) as is_typology
        from asked a left join directory.site site on site.id = a.site_id
    ), structure as materialized (
      select s.id, s.code, s.network_id, directory.label_key(s.name) as key, t.key as typology_key,
             (s.valid_to is null)::int as is_open
        from directory.structure s left join typology t on t.id = s.typology_id
    ), candidate as (
      select n.place, s.id, s.network_id, 10 + s.is_open as fit
        from named n join structure s on s.code = n.bare_code
      union all
      select n.place, s.id, s.network_id,
             case when s.typology_key = n.typology_key or s.network_id = n.network_id then 4
                  when n.typology_key is null or s.typology_key is null and n.network_id is null
                    or not n.is_typology and n.network_id is null then 2
                  else 0 end + s.is_open
        from named n join structure s on s.key = n.structure_key
      union all
      select n.place, s.id, s.network_id, 4 + s.is_open
        from named n
        join directory.structure_site l on l.site_id = n.site_id and l.valid_to is null
        join structure s on s.id = l.structure_id
       where n.structure is null and n.code is null and coalesce(n.network_id, s.network_id) = s.network_id
    ), found as (
      select place, case when count(distinct id) = 1 then min(id) end as structure_id, count(distinct id) as candidates,
             case when min(network_id) = max(network_id) then min(network_id) end as network_id
        from (select c.*, rank() over (partition by place order by fit desc) as rank from candidate c where fit >= 2) c
       where rank = 1 group by place
    ), placed as (
      select n.*, f.structure_id, coalesce(f.candidates, 0) as candidates,
             coalesce(f.network_id, n.network_id, n.site_network_id) as own_network_id
        from named n left join found f using (place)
    )
    select p.place, p.own_network_id as network_id, p.structure_id,
           coalesce(case when p.site_network_id = p.own_network_id then p.site_id end, only_site.id) as site_id,
           case when p.own_network_id is null then 'UNKNOWN_NETWORK'
                when p.structure_id is null and p.candidates > 1 then 'AMBIGUOUS_STRUCTURE'
                when p.structure_id is null and coalesce(p.structure, p.code) is not null then 'UNKNOWN_STRUCTURE'
                when p.site is not null and p.site_network_id is distinct from p.own_network_id
                  then 'UNKNOWN_SITE' end as fault
      from placed p
      left join lateral (
        -- A structure that stands for one place: what is told of it is told of the place.
        select min(l.site_id) as id from directory.structure_site l
          join directory.structure s on s.id = l.structure_id and s.level = 'SITE'
         where l.structure_id = p.structure_id and l.valid_to is null having count(*) = 1
      ) only_site on p.site is null`.execute(trx);
  await sql`create index on tem_place (place)`.execute(trx);
  await sql`analyze tem_place`.execute(trx);
}

const FAULTS = {
  UNKNOWN_NETWORK:
    'neither the typology nor the structure leads to a network: kept aside, out of the graph, until they do',
  UNKNOWN_STRUCTURE: 'no such structure in the directory: only the network is kept, with these words',
  AMBIGUOUS_STRUCTURE:
    'several structures of the directory have this name: only the network is kept, with these words',
  UNKNOWN_SITE: 'no such site of this network: left out',
};

/** Tells which structures were not recognised; their testimonies stay, whatever happens to them. */
export async function reportPlaces(trx: ImportTransaction): Promise<void> {
  for (const n of POSITIONS) {
    for (const [code, message] of Object.entries(FAULTS)) {
      const column = code === 'UNKNOWN_SITE' ? `Site structure ${n}` : `Intitulé structure ${n}`;
      await reportRows(trx, {
        code,
        severity: 'NOTICE',
        column,
        message,
        sample: sql`(select concat_ws(' · ', g.typology, g.structure, g.code, g.site) from tem_group g
                      where g.record = s.record and g.position = ${sql.lit(n)})`,
        where: sql`s.record in (
          select g.record from tem_group g join tem_place p using (place)
           where g.position = ${sql.lit(n)} and p.fault = ${code})`,
      });
    }
  }
}

/** Finds where users live: temporary table `tem_home`, by the labels of the file. */
export async function findHomes(trx: ImportTransaction): Promise<void> {
  // Some vintages write « 62 - Pas-de-Calais ».
  const bare = (cell: string) =>
    sql`regexp_replace(directory.label_key(${sql.ref(cell)}), '^[0-9][0-9ab][0-9]? ', '')`;
  const territory = (level: string, cell: string) => sql`(
    select t.id from directory.territory t
     where t.level = ${level} and t.name_key = ${bare(cell)} order by t.is_current desc, t.id limit 1)`;
  await sql`
    create temporary table tem_home on commit drop as
    select h.user_departement, h.user_region, h.departement_id, coalesce(h.region_id, d.region_id) as region_id,
           (h.departement_id is null and h.user_departement <> '')
             or (h.region_id is null and h.user_region <> '') as is_unknown
      from (select a.*, ${territory('DEPARTEMENT', 'a.user_departement')} as departement_id,
                   ${territory('REGION', 'a.user_region')} as region_id
              from (select distinct coalesce(user_departement, '') as user_departement,
                           coalesce(user_region, '') as user_region from import_row) a) h
      left join directory.territory d on d.id = h.departement_id`.execute(trx);
  await sql`analyze tem_home`.execute(trx);
  await reportRows(trx, {
    code: 'UNKNOWN_TERRITORY',
    severity: 'NOTICE',
    column: 'Intitulé département usager',
    message: 'no such département or région: where the user lives is left out',
    sample: sql`concat_ws(' · ', s.user_departement, s.user_region)`,
    where: sql`exists (select from tem_home h where h.is_unknown
      and h.user_departement = coalesce(s.user_departement, '') and h.user_region = coalesce(s.user_region, ''))`,
  });
}
