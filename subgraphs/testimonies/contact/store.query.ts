import type { Kysely } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import type { Viewer, ViewerRole } from '../../../kernel/viewer.ts';
import { type Contact, checkedContact, checkedTestimony } from './contact.ts';
import type { ContactsDatabase } from './tables.ts';
import type { Vault } from './vault.ts';

/** Who may see how an author can be reached: the moderation side, which it never leaves. */
export const CONTACT_READERS: ReadonlySet<ViewerRole> = new Set(['MODERATOR', 'DITP']);

/**
 * Keeps how the author of a testimony can be reached, in place of what was kept before.
 *
 * @param db of the role `contacts_agent`
 * @throws BAD_USER_INPUT when a part has not the form of what it should be; SOURCE_UNAVAILABLE without a key.
 */
export async function storeContact(
  db: Kysely<ContactsDatabase>,
  vault: Vault,
  contact: Contact,
): Promise<void> {
  const { testimonyId, consent, consentAt, retentionUntil, ...details } = checkedContact(contact);
  const { keyId, nonce, ciphertext, emailIndex } = vault.seal(testimonyId, details);
  const kept = {
    key_id: keyId,
    nonce,
    ciphertext,
    email_index: emailIndex,
    consent,
    consent_at: consentAt,
    retention_until: retentionUntil,
  };
  await db
    .insertInto('contacts.contact')
    .values({ testimony_id: testimonyId, ...kept })
    .onConflict((conflict) => conflict.column('testimony_id').doUpdateSet(kept))
    .execute();
}

/**
 * How the author of a testimony can be reached, for those who follow it up; null when nothing is kept. That
 * someone looked is recorded first, whatever comes out.
 *
 * @param db of the role `contacts_agent`
 * @throws FORBIDDEN for other roles than `CONTACT_READERS`, before anything is read; Error when what is kept
 *   does not open (a key that is missing, a row that was tampered with).
 */
export async function readContact(
  db: Kysely<ContactsDatabase>,
  vault: Vault,
  viewer: Viewer,
  testimony: string,
): Promise<Contact | null> {
  if (viewer.subject === null || !CONTACT_READERS.has(viewer.role)) {
    throw new HubError('FORBIDDEN', 'Contact details of authors are for the moderation.');
  }
  const testimonyId = checkedTestimony(testimony);
  const access = { actor: viewer.subject, action: 'READ', testimony_id: testimonyId } as const;
  await db.insertInto('contacts.access').values(access).execute();
  const row = await db
    .selectFrom('contacts.contact')
    .select(['key_id', 'nonce', 'ciphertext', 'email_index', 'consent', 'consent_at', 'retention_until'])
    .where('testimony_id', '=', testimonyId)
    .executeTakeFirst();
  if (!row) return null;
  const { key_id, nonce, ciphertext, email_index } = row;
  return {
    testimonyId,
    ...vault.open(testimonyId, { keyId: key_id, nonce, ciphertext, emailIndex: email_index }),
    consent: row.consent,
    consentAt: row.consent_at,
    retentionUntil: row.retention_until,
  };
}
