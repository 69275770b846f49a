import { type Kysely, type RawBuilder, sql } from 'kysely';
import { anonymise } from './anonymise.query.ts';
import { checkedTestimony } from './contact.ts';
import type { AccessRow, ContactsDatabase } from './tables.ts';
import type { Vault } from './vault.ts';

/** Pools of the two roles that erasing takes. */
export interface Owners {
  /** `contacts_owner` */
  contacts: Kysely<ContactsDatabase>;
  /** `testimonies_owner` */
  testimonies: Kysely<unknown>;
}

/** What an erasure did; a second one does nothing more. */
export interface Erasure {
  /** Contacts removed. */
  contacts: number;
  /** Testimonies that became anonymous. */
  testimonies: string[];
  /** Testimonies whose text went too: it was not public. */
  deleted: string[];
  /** Ids asked for that no testimony has: it will be anonymous if it comes. */
  unknown: string[];
}

/** Contacts erased by one statement. */
const BATCH = 1000;
/** How long it stays known who looked at what. The CNIL recommends six months to a year (délibération 2021-122). */
const ACCESS_DAYS = 365;

/**
 * Forgets the authors of these testimonies: their contacts go, their public texts stay and are anonymous, the others
 * go too. What is in backups stays there, encrypted: see `rotate`. Logs never hold any of it.
 *
 * @throws BAD_USER_INPUT for what is not the id of a testimony.
 */
export async function eraseByTestimony(owners: Owners, testimonies: readonly string[]): Promise<Erasure> {
  const ids = testimonies.map(checkedTestimony);
  return erase(owners, 'ERASED', sql<boolean>`testimony_id = any(${ids}::text[])`, ids);
}

/** An erasure by address, which cannot look into contacts under a key that is not configured. */
export interface ErasureByEmail extends Erasure {
  /** Contacts that it could not look into: configure their keys and erase again. */
  unsearched: number;
}

/**
 * Forgets the author with this e-mail address, in every testimony that came with it. Found by the blind index,
 * so that nobody else's contact is opened.
 *
 * @throws BAD_USER_INPUT for no address; SOURCE_UNAVAILABLE without a key.
 */
export async function eraseByEmail(owners: Owners, vault: Vault, email: string): Promise<ErasureByEmail> {
  const indexes = vault.emailIndexes(email);
  const erasure = await erase(owners, 'ERASED', sql<boolean>`email_index = any(${indexes}::bytea[])`);
  const { unsearched } = await owners.contacts
    .selectFrom('contacts.contact')
    .select(sql<number>`count(*)::int`.as('unsearched'))
    .where(sql<boolean>`key_id <> all(${[...vault.keyIds]}::text[])`)
    .executeTakeFirstOrThrow();
  return { ...erasure, unsearched };
}

/**
 * Erases the contacts whose last day is over, as if their authors had asked: once a contact is gone, nobody could
 * find the texts of its author any more. Also forgets accesses recorded more than a year ago.
 *
 * @param now the day in UTC; a contact is kept through its last day
 */
export async function purgeExpired(
  owners: Owners,
  now: Date,
): Promise<{ contacts: number; testimonies: number; accesses: number }> {
  const day = now.toISOString().slice(0, 10);
  const total = { contacts: 0, testimonies: 0, accesses: 0 };
  for (;;) {
    const due = sql<boolean>`testimony_id in (
      select testimony_id from contacts.contact where retention_until < ${day}::date limit ${BATCH})`;
    const { contacts, testimonies } = await erase(owners, 'PURGED', due);
    if (contacts === 0) break;
    total.contacts += contacts;
    total.testimonies += testimonies.length;
  }
  const old = await sql`
    delete from contacts.access where at < ${now}::timestamptz - make_interval(days => ${ACCESS_DAYS})`.execute(
    owners.contacts,
  );
  return { ...total, accesses: Number(old.numAffectedRows ?? 0) };
}

/** Anonymous first, gone then: when the second fails the contact is still there, to be erased again. */
function erase(
  { contacts, testimonies }: Owners,
  action: AccessRow['action'],
  which: RawBuilder<boolean>,
  asked: readonly string[] = [],
): Promise<Erasure> {
  return contacts.transaction().execute(async (trx) => {
    const gone = await trx.deleteFrom('contacts.contact').where(which).returning('testimony_id').execute();
    const ids = gone.map(({ testimony_id }) => testimony_id);
    const all = [...new Set([...ids, ...asked])];
    const { made, deleted, unknown } = await anonymise(testimonies, all);
    // One that was left meanwhile: its receipt is gone now, so that no other follows.
    await trx
      .deleteFrom('contacts.contact')
      .where('testimony_id', 'in', all.length > 0 ? all : [''])
      .execute();
    await sql`
      insert into contacts.access (actor, action, testimony_id)
      select 'operator', ${action}, unnest(${[...new Set([...ids, ...made])]}::text[])`.execute(trx);
    return { contacts: ids.length, testimonies: made, deleted, unknown };
  });
}
