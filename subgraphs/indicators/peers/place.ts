import { type RawBuilder, sql } from 'kysely';

/** Which figures by setting a unit counts in: its density, or OVERSEAS; '?' where its place is not known. */
export const LEAF: RawBuilder<string> = sql`
  case when around.setting = 'OVERSEAS' then 'OVERSEAS' else coalesce(around.density, '?') end`;

/**
 * Joins the surroundings `around` of a unit: of the commune of a site, of the territory that a structure answers for,
 * of a territory itself. Null where the place is unknown.
 * @param subject column that holds the id of the unit
 */
export const joinSurroundings = (subject: string): RawBuilder<unknown> => sql`
  left join directory.site of_site on of_site.id = ${sql.ref(subject)}
  left join directory.structure of_structure on of_structure.id = ${sql.ref(subject)}
  left join directory.surroundings around on around.territory_id = case
    when of_site.id is not null then of_site.commune_id
    when of_structure.id is not null then case of_structure.level
      when 'SITE' then of_structure.commune_id
      when 'DEPARTEMENT' then of_structure.departement_id
      when 'REGION' then of_structure.region_id
      else 'FR' end
    else ${sql.ref(subject)} end`;
