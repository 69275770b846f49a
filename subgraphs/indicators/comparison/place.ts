import { type RawBuilder, sql } from 'kysely';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';

/** Rank of a level, from SITE to NATIONAL. */
export const rankOf = (level: string): RawBuilder<number> =>
  sql`array_position(array['SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL'], ${sql.ref(level)})`;

/**
 * Common table expressions `asked` and `place`: sites and structures by id, where they stand. What answers for a région or
 * the nation stands in no département, whatever its address.
 */
export const place = (ids: RawBuilder<readonly string[]>): RawBuilder<unknown> => sql`
  asked (id) as materialized (select * from ${rowsOfKeys(ids)}),
  place as (
    select p.id as place_id, p.kind as place_kind, p.level as place_level, p.network_id as place_network,
           case when ${rankOf('p.level')} <= 2 then p.departement_id end as place_departement,
           case when ${rankOf('p.level')} <= 3 then coalesce(d.region_id, d.parent_id, p.region_id) end as place_region
      from (select id, 'SITE' as kind, 'SITE' as level, network_id, departement_id, region_id
              from asked join directory.site using (id)
            union all
            select id, 'STRUCTURE', level, network_id, departement_id, region_id
              from asked join directory.structure using (id)) p
      left join directory.territory d on d.id = p.departement_id)`;

/**
 * Common table expression `lineage`: the network of each place (depth 0) and those that it succeeded; a site
 * of France Travail keeps what it published as Pôle emploi.
 */
export const LINEAGE: RawBuilder<unknown> = sql`
  lineage (place_id, network_id, depth) as (
    select place_id, place_network, 0 from place where place_network is not null
    union
    select l.place_id, n.id, l.depth + 1
      from lineage l join directory.network n on n.successor_id = l.network_id where l.depth < 8)`;

/**
 * Common table expressions `chain` and `subject`: whose results are those of a place, the nearest first. A
 * link counts for the periods during which it held. The result of a structure that answers for a whole
 * territory is inherited from that territory by what is finer.
 */
export const SUBJECT: RawBuilder<unknown> = sql`
  chain (place_id, structure_id, rank, depth, valid_from, valid_to) as (
    select p.place_id, l.structure_id,
           array_position(array['CERTAIN', 'PROBABLE', 'POSSIBLE'], l.confidence), 0, l.valid_from, l.valid_to
      from place p join directory.structure_site l on l.site_id = p.place_id where p.place_kind = 'SITE'
    union all
    select place_id, place_id, 0, 0, null, null from place where place_kind = 'STRUCTURE'
    union all
    select c.place_id, s.parent_id, c.rank, c.depth + 1, c.valid_from, c.valid_to
      from chain c join directory.structure s on s.id = c.structure_id
     where s.parent_id is not null and c.depth < 20
  ), subject as (
    select place_id, place_id as subject_id, 0 as priority, null::date as valid_from, null::date as valid_to,
           null::text as inherited_from
      from place where place_kind = 'SITE'
    union all
    select c.place_id, c.structure_id, 100 * c.rank + c.depth, c.valid_from, c.valid_to,
           case when ${rankOf('s.level')} > ${rankOf('p.place_level')}
                then case s.level when 'DEPARTEMENT' then s.departement_id when 'REGION' then s.region_id
                                  else 'FR' end end
      from chain c
      join place p on p.place_id = c.place_id
      join directory.structure s on s.id = c.structure_id
      join directory.network n on n.id = s.network_id
     where c.structure_id = c.place_id or ${rankOf('s.level')} <= ${rankOf('n.finest_level')})`;
