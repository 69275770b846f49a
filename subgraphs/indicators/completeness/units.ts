import { type RawBuilder, sql } from 'kysely';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
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
  known (network_id, indicator_id) as (
    -- One indicator after the other by an index, so that nothing is read of most periods.
    select n.network_id, '' collate "C" from ${rowsOfKeys(networks)} as n (network_id)
    union all
    select k.network_id, f.indicator_id
      from known k
     cross join lateral (
       select f.indicator_id from indicators.figure f
        where f.territory_id = 'FR' and f.network_id = k.network_id and f.typology_id = ''
          and f.indicator_id > k.indicator_id
        order by f.indicator_id limit 1) f
  ), latest as (
    select distinct on (k.network_id) k.network_id, f.*
      from known k
     cross join lateral (
       select f.period_grain, f.period_start, f.period_end from indicators.figure f
        where f.territory_id = 'FR' and f.network_id = k.network_id and f.indicator_id = k.indicator_id
          and f.typology_id = ''
        order by f.period_end desc, f.period_start limit 1) f
     order by k.network_id, f.period_end desc, f.period_start
  ), wanted as (
    select n.id as network_id, ${rankOf('n.finest_level')} as level, f.period_grain as latest_grain,
           f.period_start as latest_start,
           coalesce(${year}::integer, extract(year from f.period_end)::integer) as year
      from ${rowsOfKeys(networks)} as k (network_id)
      join directory.network n on n.id = k.network_id
      left join latest f on f.network_id = n.id
  ), scope (network_id, member_id) as (
    select network_id, network_id from wanted
    union
    select c.network_id, n.successor_id from scope c join directory.network n on n.id = c.member_id
     where n.successor_id is not null
  ), structures as (
    select w.network_id, w.level, s.id, s.name, s.departement_id, s.region_id
      from wanted w
      join scope c on c.network_id = w.network_id
      join directory.structure s on s.network_id = c.member_id and ${rankOf('s.level')} = w.level and ${openIn('s')}
     where not exists (select from directory.structure b where b.parent_id = s.id and b.level = s.level)
  ), sites as (
    select w.network_id, w.level, s.id, s.name,
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
    select s.network_id, t.id, t.name, 'TERRITORY'
      from (select network_id, territory_id from sites where level in (2, 3)
            except
            select network_id, case level when 2 then departement_id else region_id end from structures) s
      join directory.territory t on t.id = s.territory_id
    union all
    select w.network_id, t.id, t.name, 'TERRITORY'
      from wanted w join directory.territory t on t.id = 'FR'
     where w.level = 4 and not exists (select from structures o where o.network_id = w.network_id)
  ), told_for (network_id, structure_id, latest_on, this_year) as (
    -- What a structure published, of itself and of all structures below it.
    select c.network_id, s.id, p.latest_on, y.subject_id is not null
      from wanted w
      join scope c on c.network_id = w.network_id
      join directory.structure s on s.network_id = c.member_id and ${rankOf('s.level')} <= w.level
      join indicators.publisher p on p.network_id = w.network_id and p.year = 0 and p.subject_id = s.id
      left join indicators.publisher y on y.network_id = w.network_id and y.year = w.year and y.subject_id = s.id
    union
    select t.network_id, s.id, t.latest_on, t.this_year
      from told_for t join directory.structure s on s.parent_id = t.structure_id
  ), evidence as (
    select w.network_id, p.subject_id as unit_id, p.latest_on, p.year > 0 as this_year
      from wanted w
     cross join lateral (
       -- The offset keeps it apart: joined, all years might be read and most of them thrown away.
       select p.subject_id, p.latest_on, p.year from indicators.publisher p
        where p.network_id = w.network_id and p.year = any(array[0, w.year]) offset 0) p
    union all
    -- A structure below is a unit at its own level, a site linked to it at the finest.
    select t.network_id, below.unit_id, t.latest_on, t.this_year
      from told_for t
      join wanted w on w.network_id = t.network_id
      left join directory.structure_site l on l.structure_id = t.structure_id and ${openIn('l')}
      cross join lateral (values (t.structure_id), (l.site_id)) below (unit_id)
    union all
    select p.network_id, o.id, p.latest_on, p.year > 0
      from wanted w
      join structures o on o.network_id = w.network_id
      join indicators.publisher p on p.network_id = w.network_id and p.year = any(array[0, w.year])
       and p.subject_id = case o.level when 2 then o.departement_id when 3 then o.region_id when 4 then 'FR' end
     where p.subject_kind = 'TERRITORY'
  ), status as (
    -- Grouped and not joined: the planner expects few of either, and would compare each unit with each piece of evidence.
    select network_id, id, max(name) as name, max(kind) as kind, max(latest_on) as latest_on,
           coalesce(bool_or(this_year), false) as this_year
      from (select network_id, id, name, kind, null::date as latest_on, null::boolean as this_year from unit
            union all
            select network_id, unit_id, null, null, latest_on, this_year from evidence) u
     group by network_id, id
    having max(kind) is not null)`;
