import { type Kysely, sql } from 'kysely';

/** A real site of a network of the programme, where the demonstration set lets something happen. */
export interface DemoPlace {
  /** Code of its network, « caf ». */
  network: string;
  /** UUID of the State directory. */
  site: string;
  /** Code SP+ of the structure that it belongs to, where there is one. */
  structure: string | null;
  commune: string;
}

/** The site of the stored operation SiteBoard: it has some of everything. */
export const SHOWN_SITE = '528ec072-1427-5e8a-b747-131251cdaea3';

/** Open sites of these networks, in the order of their ids. */
export async function demoPlaces(db: Kysely<object>, networks: readonly string[]): Promise<DemoPlace[]> {
  const { rows } = await sql<DemoPlace>`
    select substr(s.network_id, 5) as network, substr(s.id, 6) as site, t.name as commune,
           (select min(d.code) from directory.structure_site l join directory.structure d on d.id = l.structure_id
             where l.site_id = s.id and d.network_id = s.network_id) as structure
      from directory.site s join directory.territory t on t.id = s.commune_id
     where s.network_id = any(${[...networks]}::text[]) and s.valid_to is null order by s.id`.execute(db);
  return rows;
}
