import { type Kysely, sql } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Viewer } from '../../../kernel/viewer.ts';
import { type Contact, checkedContact } from './contact.ts';
import type { Receipts } from './receipt.ts';
import { storeContact } from './store.query.ts';
import type { ContactsDatabase } from './tables.ts';
import { type Vault, withoutKeys } from './vault.ts';

/** What leaving a contact takes: two roles, neither of which may do the other's work. */
export interface Leaving<DB> {
  /** `testimonies_owner`, which knows the receipts. */
  testimonies: Kysely<DB>;
  /** `contacts_agent`, which keeps the contacts. */
  contacts: Kysely<ContactsDatabase>;
  vault: Vault;
  receipts: Receipts;
}

/**
 * Keeps how the author of a new testimony can be reached, once, for whoever submitted it and holds its receipt.
 * Contact first, receipt gone then: when the second fails it can be sent again.
 *
 * @returns false for a receipt that is wrong, used, over, somebody else's, or of no testimony: all alike
 * @throws HubError UNAUTHENTICATED for anybody; SOURCE_UNAVAILABLE without a key; BAD_USER_INPUT for a part that has
 *   not the form of what it should be
 */
export async function leaveContact<DB>(
  { testimonies, contacts, vault, receipts }: Leaving<DB>,
  { subject }: Viewer,
  receipt: string,
  contact: Contact,
): Promise<boolean> {
  if (subject === null) {
    throw new HubError('UNAUTHENTICATED', 'This needs the key or the token that submitted the testimony.');
  }
  if (vault.keyIds.length === 0) throw withoutKeys();
  const { testimonyId } = checkedContact(contact);
  const matches = receipts.match(testimonyId, receipt);
  return testimonies.transaction().execute(async (trx) => {
    // Two at once take turns on this row: the second finds it gone.
    const { rows } = await sql`
      delete from testimonies.contact_receipt
       where testimony_id = ${testimonyId} and subject = ${subject} and expires_at > now() and ${matches}
      returning testimony_id`.execute(trx);
    if (rows.length === 0) return false;
    await storeContact(contacts, vault, contact);
    return true;
  });
}
