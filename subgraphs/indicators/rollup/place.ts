import { type RawBuilder, sql } from 'kysely';
import { joinSurroundings, LEAF } from '../peers/place.ts';
import { levelRank } from './levels.ts';

/**
 * Query of the level, territories, typology and surroundings of what results are about.
 * @param subjects query of kind and id
 */
export const placesOf = (subjects: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select x.kind, x.id, x.level,
         -- What answers for a région or the nation stands in no département, whatever its address.
         case when x.level <= 2 then x.departement_id end as departement_id,
         case when x.level <= 3 then coalesce(d.region_id, d.parent_id, x.region_id) end as region_id,
         x.typology_id, around.density, ${LEAF} as leaf
    from (${subjects}) c
    join (
      select 'SITE' as kind, s.id, 1 as level, s.departement_id, s.region_id, l.typology_id
        from directory.site s
        left join (select l.site_id, min(t.typology_id) as typology_id from directory.structure_site l
                     join directory.structure t on t.id = l.structure_id group by 1) l on l.site_id = s.id
      union all
      select 'STRUCTURE', s.id, ${levelRank('s.level')}, s.departement_id, s.region_id, s.typology_id
        from directory.structure s
      union all
      select 'TERRITORY', s.id, ${levelRank('s.level')}, case s.level when 'DEPARTEMENT' then s.id end,
             case s.level when 'REGION' then s.id else s.region_id end, null
        from directory.territory s where s.level <> 'COMMUNE'
    ) x on x.kind = c.kind and x.id = c.id
    left join directory.territory d on d.id = x.departement_id
    ${joinSurroundings('x.id')}`;
