import { type Kysely, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import type { Access } from './access.ts';

/** A network and a territory. */
export interface AccessKey {
  network: string;
  territory: string;
}

/** Access of the people of territories to networks: everybody's and that of each part of them. */
export async function accessByKey(
  db: Kysely<AdministrationsDatabase>,
  keys: readonly AccessKey[],
): Promise<Access[]> {
  const { rows } = await sql<Access>`
    select a.network_id as network, a.territory_id as territory, a.place as part,
           a.population::integer as population, a.median_m as "medianM", a.p90_m as "p90M",
           a.within_5_km::integer as "within5Km", a.within_10_km::integer as "within10Km",
           a.within_20_km::integer as "within20Km"
      from unnest(${keys.map(({ network }) => network)}::text[], ${keys.map(({ territory }) => territory)}::text[])
             as k (network_id, territory_id)
      join administrations.access a using (network_id, territory_id)`.execute(db);
  return rows;
}
