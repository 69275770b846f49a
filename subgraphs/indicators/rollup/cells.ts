import { type QueryExecutorProvider, sql } from 'kysely';
import { sums } from './computed.ts';

/**
 * Temporary table `cell`: what the parts of each territory add up to. Only sums are carried from département
 * to région to nation, never a mean: no average is ever averaged.
 *
 * Parts without a département or a région have a cell of their own, named '?…', that no figure shows: they
 * count in what is above, and withheld parts must not be recovered through them.
 */
export async function addUpCells(trx: QueryExecutorProvider): Promise<void> {
  const typed = await sql`select from place having count(distinct typology_id) > 1`.execute(trx);
  const byTypology = typed.rows.length > 0;
  await sql`
    create temporary table cell on commit drop as
      with spot_sum as (
        select p.gid, p.spot, ${sums} from part p where p.is_part group by p.gid, p.spot
      ), part_cell as (
        select u.level as unit_level, coalesce(l.region_id, '?') as region_cell,
               coalesce(l.departement_id, '?' || coalesce(l.region_id, '')) as departement_cell,
               ${byTypology ? sql`coalesce(l.typology_id, '')` : sql`'' :: text`} as typology_id, p.*
          from spot_sum p
          join unit_level u on u.gid = p.gid
          join (select distinct spot, region_id, departement_id, typology_id from place) l on l.spot = p.spot
      ), placed as (
        select 2 as level, departement_cell as territory_id, region_cell as parent_id, * from part_cell
         where unit_level <= 2
        union all
        select 3, region_cell, 'FR', * from part_cell where unit_level <= 3
        union all
        select 4, 'FR', '', * from part_cell
      )
      select gid, unit_level, level, territory_id, parent_id,
             ${byTypology ? sql`case when grouping(typology_id) = 1 then '' else typology_id end` : sql`'' :: text`} as typology_id,
             sum(parts) as parts, sum(total) as total, sum(with_ratio) as with_ratio, sum(numerator) as numerator,
             sum(denominator) as denominator, sum(with_respondents) as with_respondents,
             sum(respondents) as respondents, sum(weighted) as weighted,
             sum(with_distribution) as with_distribution, sum(very_favourable) as very_favourable,
             sum(favourable) as favourable, sum(unfavourable) as unfavourable,
             sum(very_unfavourable) as very_unfavourable, max(updated_on) as updated_on, max(origin) as origin,
             max(import_row) as import_row
        from placed
       group by gid, unit_level, level, territory_id, parent_id${
         byTypology
           ? sql`, grouping sets ((), (typology_id))
      having grouping(typology_id) = 1 or typology_id <> ''`
           : sql``
       }`.execute(trx);
  if (!byTypology) return;
  // Figures by typology say something only where a network has several.
  await sql`
    delete from cell where typology_id <> '' and gid not in (
      select gid from part where is_part group by gid having count(distinct typology_id) > 1)`.execute(trx);
}
