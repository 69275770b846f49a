import type { QueryExecutorProvider } from 'kysely';
import { sql } from 'kysely';

/**
 * The secret by which the author's contact may be left for a testimony, outside the graph; null where no contact is
 * kept. It is made of the id and the keys of the contacts: the same for a request that is sent again, and stored
 * nowhere.
 */
export type ReceiptOf = (testimony: string) => string | null;

/** How long a receipt may be used, in hours. */
export const RECEIPT_HOURS = 24;

/** Opens the time of a receipt, for the one who submitted the testimony. */
export async function openReceipt(
  trx: QueryExecutorProvider,
  testimony: string,
  subject: string,
): Promise<void> {
  await sql`
    insert into testimonies.contact_receipt (testimony_id, subject, expires_at)
    values (${testimony}, ${subject}, now() + make_interval(hours => ${RECEIPT_HOURS}))`.execute(trx);
}

/** Until when a receipt may be used by its owner; null once it was used, or when its time is over. */
export async function receiptUntil(
  db: QueryExecutorProvider,
  testimony: string,
  subject: string | null,
): Promise<Date | null> {
  const { rows } = await sql<{ expires_at: Date }>`
    select expires_at from testimonies.contact_receipt
     where testimony_id = ${testimony} and subject = ${subject} and expires_at > now()`.execute(db);
  return rows[0]?.expires_at ?? null;
}
