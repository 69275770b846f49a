import { type Kysely, sql } from 'kysely';
import type { Retention } from '../../../kernel/retention-settings.ts';
import { KEPT_DAYS } from '../../../kernel/write/idempotency.ts';
import { purgeVotes } from '../similar/purge.query.ts';
import { deleteTestimonies, forgetSamples } from '../testimony/delete.query.ts';
import { keepImportsOut } from '../testimony/written.query.ts';

/** What was kept long enough, beside contacts. */
export interface Purged {
  /** Rejected testimonies, and unpublished ones of forgotten authors. */
  rejected: number;
  /** Marks of « I lived a similar experience »; the counts stay. */
  votes: number;
}

/** Testimonies removed by one transaction. */
const BATCH = 1000;
const DAY_MS = 86_400_000;

/**
 * Removes what is older than the settings allow: rejected testimonies, from the day of their rejection, or of their
 * coming where a file rejected them; marks of votes; receipts that are over; answers kept for commands sent again.
 *
 * @param db of the role `testimonies_owner`
 */
export async function purgeRetained(
  db: Kysely<unknown>,
  { rejected: rejectedDays, votes: votesDays }: Pick<Retention, 'rejected' | 'votes'>,
  now: Date,
): Promise<Purged> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString().slice(0, 10);
  const votes = await db.transaction().execute((trx) => purgeVotes(trx, before(votesDays)));
  let rejected = 0;
  for (;;) {
    const gone = await purgeBatch(db, before(rejectedDays));
    rejected += gone;
    if (gone < BATCH) break;
  }
  await sql`delete from testimonies.contact_receipt where expires_at <= ${now}`.execute(db);
  await sql`
    delete from testimonies.idempotency
     where at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS})`.execute(db);
  if (rejected > 0) await forgetSamples(db);
  return { rejected, votes };
}

const purgeBatch = (db: Kysely<unknown>, before: string): Promise<number> =>
  db.transaction().execute(async (trx) => {
    await keepImportsOut(trx);
    const { rows } = await sql<{ id: string }>`
      select id from testimonies.testimony t
       where state <> 'PUBLISHED'
         and (state = 'REJECTED' and coalesce(decided_on, submitted_at::date) < ${before}::date
              or exists (select from testimonies.erased_author e where e.testimony_id = t.id))
       limit ${BATCH} for update skip locked`.execute(trx);
    await deleteTestimonies(
      trx,
      rows.map(({ id }) => id),
    );
    return rows.length;
  });
