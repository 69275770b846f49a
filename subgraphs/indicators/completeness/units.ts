import { type RawBuilder, sql } from 'kysely';
import { rankOf } from '../comparison/place.ts';

/** The row of the directory whose alias is `row` exists at some time of the year of `w`. */
const openIn = (row: string): RawBuilder<boolean> => sql`(
  (${sql.ref(`${row}.valid_from`)} is null or ${sql.ref(`${row}.valid_from`)} <= make_date(w.year, 12, 31))
  and (${sql.ref(`${row}.valid_to`)} is null or ${sql.ref(`${row}.valid_to`)} > make_date(w.year, 1, 1)))`;

/**
 * Common table expressions that end with `status`: every unit that should publish for a network in a year,
 * with what it published. A unit is what the coverage of figures counts: a site, or a structure of that level
 * that no site is linked to; for a coarser level a leaf structure, or a territory where the network has sites
 * and no structure (the nation, without condition, for a network that publishes nationally). It publishes by itself, by a structure above it, or by its territory.
 *
 * @param year null: the latest year in which the network published.
 */
export const unitStatus = (networks: readonly string[], year: number | null): RawBuilder<unknown> => sql`
  wanted as (
    select n.id as network_id, ${rankOf('n.finest_level')} as level, f.period_grain as latest_grain,
           f.period_start as latest_start,
           coalesce(${year}::integer, extract(year from f.period_end)::integer) as year
      from directory.network n
      left join lateral (
        select f.period_grain, f.period_start, f.period_end from indicators.figure f
         where f.network_id = n.id and f.territory_id = 'FR' and f.typology_id = ''
         order by f.period_end desc, f.period_start limit 1) f on true
     where n.id = any(${networks}::text[])
  ), scope (network_id, member_id) as (
    select network_id, network_id from wanted
    union
    select c.network_id, n.successor_id from scope c join directory.network n on n.id = c.member_id
     where n.successor_id is not null
  ), tree (network_id, top, bottom) as (
    select c.network_id, s.id, s.id from scope c join directory.structure s on s.network_id = c.member_id
    union
    select t.network_id, t.top, s.id from tree t join directory.structure s on s.parent_id = t.bottom
  ), structures as (
    select w.network_id, w.level, s.id, s.name, s.departement_id, s.region_id
      from wanted w
      join scope c on c.network_id = w.network_id
      join directory.structure s on s.network_id = c.member_id and ${rankOf('s.level')} = w.level and ${openIn('s')}
     where not exists (select from directory.structure b where b.parent_id = s.id and b.level = s.level)
  ), sites as (
    select w.network_id, w.level, s.id, s.name, s.departement_id, s.region_id,
           case w.level when 2 then s.departement_id when 3 then s.region_id end as territory_id
      from wanted w
      join scope c on c.network_id = w.network_id
      join directory.site s on s.network_id = c.member_id and ${openIn('s')}
  ), unit as (
    select network_id, id, name, 'STRUCTURE' as kind from structures
     where level > 1 or not exists (select from directory.structure_site l where l.structure_id = structures.id)
    union all
    select network_id, id, name, 'SITE' from sites where level = 1
    union all
    select distinct s.network_id, t.id, t.name, 'TERRITORY'
      from sites s join directory.territory t on t.id = s.territory_id
     where s.level in (2, 3) and not exists (
       select from structures o
        where o.network_id = s.network_id
          and case s.level when 2 then o.departement_id else o.region_id end = s.territory_id)
    union all
    select w.network_id, t.id, t.name, 'TERRITORY'
      from wanted w join directory.territory t on t.id = 'FR'
     where w.level = 4 and not exists (select from structures o where o.network_id = w.network_id)
  ), published as materialized (
    select r.network_id, r.subject_id, r.subject_kind,
           max(coalesce(r.updated_on, r.period_end)) as latest_on,
           bool_or(extract(year from r.period_start) = w.year) as this_year
      from wanted w join indicators.published_result r on r.network_id = w.network_id
     group by r.network_id, r.subject_id, r.subject_kind
  ), evidence as (
    select network_id, subject_id as unit_id, latest_on, this_year from published
    union all
    -- A structure below is a unit at its own level, a site linked to it at the finest.
    select p.network_id, below.unit_id, p.latest_on, p.this_year
      from published p
      join wanted w on w.network_id = p.network_id
      join directory.structure s on s.id = p.subject_id and ${rankOf('s.level')} <= w.level
      join tree t on t.network_id = p.network_id and t.top = p.subject_id
      left join directory.structure_site l on l.structure_id = t.bottom and ${openIn('l')}
      cross join lateral (values (t.bottom), (l.site_id)) below (unit_id)
     where p.subject_kind = 'STRUCTURE'
    union all
    select p.network_id, o.id, p.latest_on, p.this_year
      from published p
      join structures o on o.network_id = p.network_id
       and p.subject_id = case o.level when 2 then o.departement_id when 3 then o.region_id when 4 then 'FR' end
     where p.subject_kind = 'TERRITORY'
  ), status as (
    select u.network_id, u.id, u.name, u.kind, max(e.latest_on) as latest_on,
           coalesce(bool_or(e.this_year), false) as this_year
      from unit u left join evidence e on e.network_id = u.network_id and e.unit_id = u.id
     group by u.network_id, u.id, u.name, u.kind)`;
