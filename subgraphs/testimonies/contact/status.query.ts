import { type Kysely, sql } from 'kysely';
import type { ContactsDatabase } from './tables.ts';
import type { Vault } from './vault.ts';

/** How many contacts are under a key. */
export interface KeyStatus {
  id: string;
  contacts: number;
  /** MISSING: contacts are under it and it is not configured, so that nobody can read them. */
  state: 'ENCRYPTS' | 'DECRYPTS' | 'MISSING';
}

export interface ContactsStatus {
  contacts: number;
  /** Contacts that the next purge erases. */
  due: number;
  /** Configured keys in their order, then those that are missing. */
  keys: KeyStatus[];
}

/**
 * What is kept and under which keys, without opening anything.
 *
 * @param db of the role `contacts_owner`
 */
export async function contactsStatus(
  db: Kysely<ContactsDatabase>,
  vault: Vault,
  now: Date,
): Promise<ContactsStatus> {
  const day = now.toISOString().slice(0, 10);
  const rows = await db
    .selectFrom('contacts.contact')
    .select([
      'key_id',
      sql<number>`count(*)::int`.as('contacts'),
      sql<number>`count(*) filter (where retention_until < ${day}::date)::int`.as('due'),
    ])
    .groupBy('key_id')
    .orderBy('key_id')
    .execute();
  const under = new Map(rows.map(({ key_id, contacts }) => [key_id, contacts]));
  const missing = [...under.keys()].filter((id) => !vault.keyIds.includes(id));
  return {
    contacts: rows.reduce((sum, row) => sum + row.contacts, 0),
    due: rows.reduce((sum, row) => sum + row.due, 0),
    keys: [
      ...vault.keyIds.map((id, index) => ({
        id,
        contacts: under.get(id) ?? 0,
        state: index === 0 ? ('ENCRYPTS' as const) : ('DECRYPTS' as const),
      })),
      ...missing.map((id) => ({ id, contacts: under.get(id) ?? 0, state: 'MISSING' as const })),
    ],
  };
}
