import { type Kysely, sql } from 'kysely';

/** What became of testimonies whose authors are forgotten. */
export interface Anonymised {
  /** Ids that were not anonymous before. */
  made: string[];
  /** Ids that no testimony has: it will be anonymous if it comes. */
  unknown: string[];
}

/**
 * Takes the pseudonym off testimonies for good, in the rows kept for the undoing of imports too. The text stays.
 * Idempotent; for ids that are not here yet, what is imported later under them is anonymous.
 *
 * @param db of the role `testimonies_owner`
 */
export function anonymise(db: Kysely<unknown>, testimonies: readonly string[]): Promise<Anonymised> {
  const ids = sql`${[...testimonies].sort()}::text[]`;
  return db.transaction().execute(async (trx) => {
    const made = await sql<{ id: string }>`
      insert into testimonies.erased_author (testimony_id) select distinct unnest(${ids})
      on conflict do nothing returning testimony_id as id`.execute(trx);
    await sql`
      update testimonies.testimony set pseudonym = null
       where id = any(${ids}) and pseudonym is not null`.execute(trx);
    await sql`
      update testimonies.import_before set before = jsonb_set(before, '{pseudonym}', 'null')
       where entity_id = any(${ids}) and before ->> 'pseudonym' is not null`.execute(trx);
    const unknown = await sql<{ id: string }>`
      select distinct asked.id from unnest(${ids}) as asked (id)
       where not exists (select from testimonies.testimony t where t.id = asked.id) order by 1`.execute(trx);
    return { made: made.rows.map(({ id }) => id).sort(), unknown: unknown.rows.map(({ id }) => id) };
  });
}
