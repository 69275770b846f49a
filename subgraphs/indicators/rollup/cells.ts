import { type QueryExecutorProvider, sql } from 'kysely';
import { ADDED, SUMMED, sums } from './computed.ts';

/**
 * Temporary table `cell`: what the parts of each territory add up to. Only sums are carried from département
 * to région to nation, never a mean: no average is ever averaged.
 *
 * Parts without a département or a région have a cell of their own, named '?…', that no figure shows: they
 * count in what is above, and withheld parts must not be recovered through them.
 */
export async function addUpCells(trx: QueryExecutorProvider): Promise<void> {
  const typed = await sql`
    select from place
    having count(distinct typology_id) > 1 or count(distinct spot) > count(distinct (region_id, departement_id))
  `.execute(trx);
  const byTypology = typed.rows.length > 0;
  await sql`
    create temporary table cell on commit drop as
      with spot_sum as (
        select p.gid, p.spot, ${sums} from part p where p.is_part group by p.gid, p.spot
      ), departement as (
        select p.gid, u.level as unit_level, coalesce(l.region_id, '?') as region_cell,
               coalesce(l.departement_id, '?' || coalesce(l.region_id, '')) as departement_cell,
               ${byTypology ? sql`coalesce(l.typology_id, '')` : sql`'' :: text`} as typology_id, ${SUMMED}
          from spot_sum p
          join unit_level u on u.gid = p.gid
          join (select distinct spot, region_id, departement_id, typology_id from place) l on l.spot = p.spot
      ), region as (
        select gid, unit_level, region_cell, typology_id, ${ADDED}
          from departement group by gid, unit_level, region_cell, typology_id
      ), nation as (
        select gid, unit_level, typology_id, ${ADDED} from region group by gid, unit_level, typology_id
      ), placed as (
        select gid, unit_level, 2 as level, departement_cell as territory_id, region_cell as parent_id, typology_id,
               ${SUMMED}
          from departement where unit_level <= 2
        union all
        select gid, unit_level, 3, region_cell, 'FR', typology_id, ${SUMMED} from region where unit_level <= 3
        union all
        select gid, unit_level, 4, 'FR', '', typology_id, ${SUMMED} from nation
      )
      ${byTypology ? WITH_TYPOLOGIES : sql`select * from placed`}`.execute(trx);
  if (!byTypology) return;
  // Figures by typology say something only where a network has several.
  await sql`
    delete from cell where typology_id <> '' and gid not in (
      select gid from part where is_part group by gid having count(distinct typology_id) > 1)`.execute(trx);
}

/** The cells of all typologies together, then of each. */
const WITH_TYPOLOGIES = sql`
  select gid, unit_level, level, territory_id, parent_id,
         case when grouping(typology_id) = 1 then '' else typology_id end as typology_id, ${ADDED}
    from placed
   group by gid, unit_level, level, territory_id, parent_id, grouping sets ((), (typology_id))
  having grouping(typology_id) = 1 or typology_id <> ''`;
