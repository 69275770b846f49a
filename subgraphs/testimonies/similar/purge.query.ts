import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * Forgets the marks of votes that are older than a day, whole months only; the counts stay. A testimony without any
 * mark left forgets its secret too: whoever voted then may vote again.
 *
 * @param before ISO date
 * @returns how many marks
 */
export async function purgeVotes(db: QueryExecutorProvider, before: string): Promise<number> {
  const gone = await sql<{ testimony_id: string }>`
    delete from testimonies.similar_vote
     where voted_in + interval '1 month' <= ${before}::date returning testimony_id`.execute(db);
  await sql`
    update testimonies.similar s set secret = null
     where s.testimony_id = any(${[...new Set(gone.rows.map(({ testimony_id }) => testimony_id))]}::text[])
       and not exists (select from testimonies.similar_vote v where v.testimony_id = s.testimony_id)`.execute(
    db,
  );
  return gone.rows.length;
}
