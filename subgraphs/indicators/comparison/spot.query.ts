import { type Kysely, sql } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import type { Spot } from './membership.ts';
import { place } from './place.ts';

/** Where structures stand, in one statement. */
export async function spotsOf(
  db: Kysely<IndicatorsTables>,
  structures: readonly string[],
): Promise<(Spot & { place_id: string })[]> {
  const { rows } = await sql<Spot & { place_id: string }>`
    with ${place(sql`${[...structures]}`)}
    select place_id, place_departement, place_region,
           case place_level when 'DEPARTEMENT' then place_departement when 'REGION' then place_region
                            when 'NATIONAL' then 'FR' end as answers_for
      from place where place_kind = 'STRUCTURE'`.execute(db);
  return rows;
}
