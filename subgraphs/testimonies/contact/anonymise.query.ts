import { type Kysely, sql } from 'kysely';
import { deleteTestimonies, forgetSamples } from '../testimony/delete.query.ts';
import { keepImportsOut } from '../testimony/written.query.ts';

/** What became of testimonies whose authors are forgotten. */
export interface Anonymised {
  /** Ids that were not anonymous before. */
  made: string[];
  /** Ids, among those or not, whose text went because it was not public. */
  deleted: string[];
  /** Ids that no testimony has: it will be anonymous if it comes. */
  unknown: string[];
}

/**
 * Forgets the authors of testimonies. A public text stays, without its pseudonym, for good; one that waits or was
 * rejected goes as a whole. The same holds for the rows kept for the undoing of imports, and the receipts by which a
 * contact could be left end. Idempotent; for ids that are not here yet, what is imported later is anonymous, and set
 * aside when it is not public.
 *
 * @param db of the role `testimonies_owner`
 */
export async function anonymise(db: Kysely<unknown>, testimonies: readonly string[]): Promise<Anonymised> {
  const ids = sql`${[...testimonies].sort()}::text[]`;
  const anonymised = await db.transaction().execute(async (trx) => {
    await keepImportsOut(trx);
    const made = await sql<{ id: string }>`
      insert into testimonies.erased_author (testimony_id) select distinct unnest(${ids})
      on conflict do nothing returning testimony_id as id`.execute(trx);
    const unknown = await sql<{ id: string }>`
      select distinct asked.id from unnest(${ids}) as asked (id)
       where not exists (select from testimonies.testimony t where t.id = asked.id) order by 1`.execute(trx);
    const hidden = await sql<{ id: string }>`
      select id from testimonies.testimony where id = any(${ids}) and state <> 'PUBLISHED'
       order by id for update`.execute(trx);
    const deleted = hidden.rows.map(({ id }) => id);
    await deleteTestimonies(trx, deleted);
    await sql`
      update testimonies.testimony set pseudonym = null
       where id = any(${ids}) and pseudonym is not null`.execute(trx);
    await sql`
      update testimonies.import_before set before = jsonb_set(before, '{pseudonym}', 'null')
       where entity_id = any(${ids}) and before ->> 'pseudonym' is not null`.execute(trx);
    await sql`delete from testimonies.contact_receipt where testimony_id = any(${ids})`.execute(trx);
    return {
      made: made.rows.map(({ id }) => id).sort(),
      deleted,
      unknown: unknown.rows.map(({ id }) => id),
    };
  });
  if (anonymised.deleted.length > 0) await forgetSamples(db);
  return anonymised;
}
