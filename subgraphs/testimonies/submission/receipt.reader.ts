import type { QueryExecutorProvider } from 'kysely';
import { rowLoader } from '../../../kernel/loader.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { openReceipts } from './receipt.query.ts';

/**
 * The secret by which the author's contact may be left for a testimony, outside the graph; null where no contact is
 * kept. It is made of the id and the keys of the contacts: the same for a request that is sent again, and stored
 * nowhere.
 */
export type ReceiptOf = (testimony: string) => string | null;

/** What tells the one who submitted a testimony how to leave its author's contact. */
export function receiptReader(owner: QueryExecutorProvider, { subject }: Viewer, receiptOf: ReceiptOf) {
  const receipts = rowLoader(
    (ids: readonly string[]) => openReceipts(owner, subject, ids),
    (id) => id,
    (row) => row.testimony_id,
  );
  return {
    of: receiptOf,
    /** Null once it was used, when its time is over, and for others. */
    secret: async (testimony: string) =>
      (await receipts.load(testimony)) === null ? null : receiptOf(testimony),
    /** Null as the secret is. */
    until: async (testimony: string) => (await receipts.load(testimony))?.expires_at ?? null,
  };
}
