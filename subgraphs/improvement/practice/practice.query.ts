import { type Kysely, sql } from 'kysely';
import type { ImprovementDatabase } from '../tables.ts';

/** How many networks, structures and sites took up each practice; one that said so twice counts once. */
export async function countReuses(
  db: Kysely<ImprovementDatabase>,
  practices: readonly string[],
): Promise<{ practice: string; count: number }[]> {
  const { rows } = await sql<{ practice: string; count: number }>`
    select practice_id as practice, count(distinct (network_id, structure_id, site_id))::int as count
      from improvement.published_practice_reuse where practice_id = any(${[...practices]}::text[])
     group by practice_id`.execute(db);
  return rows;
}
