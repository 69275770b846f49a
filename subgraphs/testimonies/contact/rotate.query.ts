import { type Kysely, sql } from 'kysely';
import type { ContactsDatabase } from './tables.ts';
import { type Sealed, type Vault, withoutKeys } from './vault.ts';

/** What a rotation did. */
export interface Rotation {
  /** Contacts now under the first key that were not before. */
  rotated: number;
  /** Testimonies whose contact does not open: left as it was. */
  unreadable: string[];
}

/**
 * Encrypts again, under the first key, what is under the others. Each batch is a transaction of its own: stopped
 * half-way, it goes on where it was. Safe beside a hub that keeps and reads contacts. Once no row is under a key,
 * the key can be destroyed, and with it whatever old backups hold under it.
 *
 * @param db of the role `contacts_owner`
 * @throws SOURCE_UNAVAILABLE without a key.
 */
export async function rotate(db: Kysely<ContactsDatabase>, vault: Vault, batch = 500): Promise<Rotation> {
  const [first, ...older] = vault.keyIds;
  if (first === undefined) throw withoutKeys();
  const result: Rotation = { rotated: 0, unreadable: [] };
  for (let after: string | undefined = ''; after !== undefined; ) {
    const step = await rotateBatch(db, vault, { older, after, batch });
    result.rotated += step.rotated;
    result.unreadable.push(...step.unreadable);
    after = step.last;
  }
  return result;
}

type Step = Rotation & { last: string | undefined };

function rotateBatch(
  db: Kysely<ContactsDatabase>,
  vault: Vault,
  { older, after, batch }: { older: readonly string[]; after: string; batch: number },
): Promise<Step> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('contacts.contact')
      .select(['testimony_id', 'key_id', 'nonce', 'ciphertext', 'email_index'])
      .where(sql<boolean>`key_id = any(${[...older]}::text[])`)
      .where('testimony_id', '>', after)
      .orderBy('testimony_id')
      .limit(batch)
      .forUpdate()
      .execute();
    const unreadable: string[] = [];
    const sealed: [string, Sealed][] = [];
    for (const { testimony_id: id, key_id, nonce, ciphertext, email_index } of rows) {
      try {
        const details = vault.open(id, { keyId: key_id, nonce, ciphertext, emailIndex: email_index });
        sealed.push([id, vault.seal(id, details)]);
      } catch {
        unreadable.push(id);
      }
    }
    await sql`
      update contacts.contact c
         set key_id = s.key_id, nonce = s.nonce, ciphertext = s.ciphertext, email_index = s.email_index
        from unnest(${sealed.map(([id]) => id)}::text[], ${sealed.map(([, { keyId }]) => keyId)}::text[],
                    ${sealed.map(([, { nonce }]) => nonce)}::bytea[],
                    ${sealed.map(([, { ciphertext }]) => ciphertext)}::bytea[],
                    ${sealed.map(([, { emailIndex }]) => emailIndex)}::bytea[])
             as s (testimony_id, key_id, nonce, ciphertext, email_index)
       where c.testimony_id = s.testimony_id`.execute(trx);
    return { rotated: sealed.length, unreadable, last: rows.at(-1)?.testimony_id };
  });
}
