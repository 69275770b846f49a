import { type QueryExecutorProvider, sql } from 'kysely';
import { joinSurroundings, LEAF } from '../peers/place.ts';
import { levelRank, openDuring } from './levels.ts';
import { onlySites } from './parts.ts';

/**
 * Temporary table `coverage`: how many units of each territory are behind a figure, and how many there are.
 *
 * The units of a level are, for SITE, the network's sites and the structures of that level that no site is
 * linked to; for a coarser level, the leaf structures of that level, and the territories where the network has
 * sites and no such structure. A structure that publishes covers what is below it, a published territory
 * covers the units in it.
 */
export async function countCoverage(trx: QueryExecutorProvider): Promise<void> {
  await register(trx);
  await cover(trx);
  await sql`
    create temporary table coverage on commit drop as
      with found as (
        select g.gid, r.departement_id, r.region_id, r.typology_id, 0 as publishing, r.units as expected
          from unit_level g join registered r on r.network_id = g.network_id and r.level = g.level
         where ${openDuring('r', 'g.period_start', 'g.period_end')}
        union all
        select gid, departement_id, region_id, typology_id, units, case when unregistered then units else 0 end
          from covered
      ), counted as materialized (
        select gid, departement_id, region_id, typology_id, sum(publishing) :: integer as publishing,
               sum(expected) :: integer as expected
          from found group by 1, 2, 3, 4
      ), placed as (
        select gid, 2 as level, departement_id as territory_id, typology_id, publishing, expected from counted
         where departement_id is not null
        union all
        select gid, 3, region_id, typology_id, publishing, expected from counted where region_id is not null
        union all
        select gid, 4, 'FR', typology_id, publishing, expected from counted
      )
      select gid, level, territory_id, case when grouping(typology_id) = 1 then '' else typology_id end as typology_id,
             sum(publishing) :: integer as publishing, sum(expected) :: integer as expected
        from placed
       group by gid, level, territory_id, grouping sets ((), (typology_id))
      having grouping(typology_id) = 1 or typology_id is not null`.execute(trx);
  await sql`analyze coverage`.execute(trx);
}

/** Temporary tables `registry`, the units that should publish, and `registered`, how many of each kind there are. */
async function register(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table registry on commit drop as
      with wanted as (select distinct network_id, level from unit_level),
      structures as (
        select w.network_id, w.level, s.id, s.departement_id, s.region_id, s.typology_id, s.valid_from, s.valid_to
          from wanted w
          join network_scope n on n.network_id = w.network_id
          join directory.structure s on s.network_id = n.member_id and ${levelRank('s.level')} = w.level
         where not exists (select from directory.structure c where c.parent_id = s.id and c.level = s.level)
      ), sites as (
        select w.network_id, w.level, s.id, s.departement_id, s.region_id, s.valid_from, s.valid_to,
               case w.level when 2 then s.departement_id when 3 then s.region_id when 4 then 'FR' end as territory_id
          from wanted w
          join network_scope n on n.network_id = w.network_id
          join directory.site s on s.network_id = n.member_id
      ), units as (
        select network_id, level, id, departement_id, region_id, typology_id, valid_from, valid_to
          from structures s
         where level > 1 or not exists (select from directory.structure_site l where l.structure_id = s.id)
        union all
        select network_id, level, id, departement_id, region_id,
               (select min(st.typology_id) from directory.structure_site l
                  join directory.structure st on st.id = l.structure_id where l.site_id = sites.id),
               valid_from, valid_to
          from sites where level = 1
        union all
        select s.network_id, s.level, s.territory_id, s.departement_id, s.region_id, null,
               nullif(min(coalesce(valid_from, '-infinity')), '-infinity'),
               nullif(max(coalesce(valid_to, 'infinity')), 'infinity')
          from (select network_id, level, territory_id, valid_from, valid_to,
                       case when level = 2 then departement_id end as departement_id,
                       case when level <= 3 then region_id end as region_id
                  from sites where level > 1 and territory_id is not null) s
         where not exists (
           select from structures t
            where t.network_id = s.network_id and t.level = s.level
              and case s.level when 2 then t.departement_id when 3 then t.region_id else 'FR' end = s.territory_id)
         group by s.network_id, s.level, s.territory_id, s.departement_id, s.region_id
      )
      select u.network_id, u.level, u.id, u.typology_id, u.valid_from, u.valid_to,
             case when u.level <= 2 then u.departement_id end as departement_id,
             case when u.level <= 3 then coalesce(d.region_id, d.parent_id, u.region_id) end as region_id,
             ${LEAF} as leaf
        from units u left join directory.territory d on d.id = u.departement_id
        ${joinSurroundings('u.id')}`.execute(trx);
  await sql`analyze registry`.execute(trx);
  await sql`
    create temporary table registered on commit drop as
      select network_id, level, departement_id, region_id, typology_id, leaf, valid_from, valid_to,
             count(*) :: integer as units
        from registry group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(trx);
  await sql`analyze registered`.execute(trx);
}

/**
 * Temporary table `covered`: how many units of each kind of place the parts speak for. A unit counts once however
 * many parts speak for it; a part unknown to the registry is one more unit.
 */
async function cover(trx: QueryExecutorProvider): Promise<void> {
  await sql`
    create temporary table covered on commit drop as
      with unit as (
        select p.gid, p.kind, p.id as part_id, p.level, p.departement_id, p.region_id, p.typology_id,
               p.leaf, g.network_id, g.period_start, g.period_end
          from part p
          join unit_level g on g.gid = p.gid
         where p.is_part
      ), ${(await onlySites(trx)) ? SITES_SPEAK : ALL_SPEAK}
      select gid, departement_id, region_id, typology_id, leaf, unregistered, count(*) :: integer as units
        from speaking group by 1, 2, 3, 4, 5, 6`.execute(trx);
}

/** Each part is a site: at most one unit, and nothing else speaks for it. */
const SITES_SPEAK = sql`
  speaking as (
    select p.gid, r.id is null as unregistered,
           case when r.id is null then p.departement_id else r.departement_id end as departement_id,
           case when r.id is null then p.region_id else r.region_id end as region_id,
           case when r.id is null then p.typology_id else r.typology_id end as typology_id,
           coalesce(r.leaf, p.leaf) as leaf
      from unit p
      left join registry r on r.network_id = p.network_id and r.level = p.level and r.id = p.part_id
       and ${openDuring('r', 'p.period_start', 'p.period_end')})`;

const ALL_SPEAK = sql`
  matched as (
    select p.gid, p.part_id, r.id, r.departement_id, r.region_id, r.typology_id, r.leaf
      from unit p join registry r on r.network_id = p.network_id and r.level = p.level and r.id = p.part_id
     where ${openDuring('r', 'p.period_start', 'p.period_end')}
    union
    select p.gid, p.part_id, r.id, r.departement_id, r.region_id, r.typology_id, r.leaf
      from unit p
      join under u on u.top = p.part_id
      join registry r on r.network_id = p.network_id and r.level = p.level and r.id = u.bottom
     where p.kind = 'STRUCTURE' and ${openDuring('r', 'p.period_start', 'p.period_end')}
       and ${openDuring('u', 'p.period_start', 'p.period_end')}
    union
    select p.gid, p.part_id, r.id, r.departement_id, r.region_id, r.typology_id, r.leaf
      from unit p
      join registry r on r.network_id = p.network_id and r.level = p.level
       and r.departement_id is not distinct from p.departement_id
       and r.region_id is not distinct from p.region_id
     where p.kind = 'TERRITORY' and ${openDuring('r', 'p.period_start', 'p.period_end')}
  ), speaking as (
    select distinct gid, id, departement_id, region_id, typology_id, leaf, false as unregistered from matched
    union all
    select p.gid, p.part_id, p.departement_id, p.region_id, p.typology_id, p.leaf, true
      from unit p
     where not exists (select from matched m where m.gid = p.gid and m.part_id = p.part_id))`;
