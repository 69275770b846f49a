import { type Kysely, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import type { Surroundings } from './surroundings.ts';

/** The surroundings of territories; former ones have none. */
export async function surroundingsById(
  db: Kysely<AdministrationsDatabase>,
  ids: readonly string[],
): Promise<Surroundings[]> {
  const { rows } = await sql<Surroundings>`
    select s.territory_id as id, s.population_within_10_km::integer as "populationWithin10Km", s.density, s.setting
      from directory.surroundings s where s.territory_id = any(${ids})`.execute(db);
  return rows;
}
