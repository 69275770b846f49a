import { type Kysely, sql } from 'kysely';

/** A place that demonstration testimonies are told of. */
export interface VoicePlace {
  network: string;
  /** Code SP+ of the structure that answers there; null where the network publishes by site. */
  structure: string | null;
  /** Null for a network that receives nobody. */
  site: string | null;
  departementId: string | null;
  departement: string;
  region: string;
}

/** Every place of these networks, with the structures of the demonstration set that are there already. */
export async function voicePlaces(db: Kysely<object>, networks: readonly string[]): Promise<VoicePlace[]> {
  const { rows } = await sql<VoicePlace>`
    select s.network_id as network, answering.code as structure, s.id as site, d.id as "departementId",
           d.name as departement, r.name as region
      from directory.site s
      join directory.territory d on d.id = s.departement_id
      join directory.territory r on r.id = s.region_id
      left join lateral (
        select t.code from directory.structure_site l join directory.structure t on t.id = l.structure_id
         where l.site_id = s.id and l.valid_to is null and starts_with(t.code, 'DEMO-') order by t.code limit 1
      ) answering on true
     where s.network_id = any(${networks}) and s.valid_to is null
     order by s.network_id, s.id`.execute(db);
  return rows;
}

/** Users of a network that is only reached from afar live anywhere. */
export const nowhere = ({ network, count }: { network: string; count: number }): VoicePlace[] =>
  Array.from({ length: count }, (_, index) => ({
    network,
    structure: null,
    site: null,
    departementId: null,
    departement: '',
    region: HOMES[index % HOMES.length] ?? '',
  }));

const HOMES = [
  'Île-de-France',
  'Occitanie',
  'Bretagne',
  'Grand Est',
  'Nouvelle-Aquitaine',
  'Hauts-de-France',
];
