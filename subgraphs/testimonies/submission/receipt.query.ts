import { type QueryExecutorProvider, sql } from 'kysely';
import { RECEIPT_HOURS } from './submission.ts';

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

/** Until when a receipt may be used by its owner. */
export interface OpenReceipt {
  testimony_id: string;
  expires_at: Date;
}

/** The receipts of these testimonies that their owner may still use: neither used nor over. */
export async function openReceipts(
  db: QueryExecutorProvider,
  subject: string | null,
  testimonies: readonly string[],
): Promise<OpenReceipt[]> {
  const { rows } = await sql<OpenReceipt>`
    select testimony_id, expires_at from testimonies.contact_receipt
     where testimony_id = any(${[...testimonies]}::text[]) and subject = ${subject} and expires_at > now()`.execute(
    db,
  );
  return rows;
}
