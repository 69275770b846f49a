import { type Kysely, sql } from 'kysely';
import type { Told } from '../voices/voice.ts';

/** Every generated structure of an area with each of its sites, in an order that mixes them. */
export async function toldPlaces(db: Kysely<object>): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select t.id as structure, t.code, t.network_id as network, s.id as site, s.departement_id as departement,
           s.region_id as region, d.name as "departementName"
      from directory.structure t
      join directory.structure_site l on l.structure_id = t.id
      join directory.site s on s.id = l.site_id
      join directory.territory d on d.id = s.departement_id
     where t.code like 'DEMO-%' and s.valid_to is null
     order by md5(s.id), t.id`.execute(db);
  return rows;
}
