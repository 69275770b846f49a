import { type Kysely, sql } from 'kysely';

/**
 * How the authors of testimonies can be reached: a schema of its own, with roles of its own, outside the graph.
 * Details are encrypted before they come here; the keys are never in the database.
 *
 * `contacts_owner` erases, purges and changes keys. `contacts_agent` keeps and reads details in the name of a
 * signed-in person, and adds to the record of accesses, which it may neither read nor change.
 * `contacts_public` and the roles of every subgraph may do nothing.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table contacts.contact (
      -- No reference: neither schema may look into the other.
      testimony_id text collate "C" primary key check (testimony_id like 'TEM-%'),
      key_id text collate "C" not null,
      nonce bytea not null check (octet_length(nonce) = 12),
      ciphertext bytea not null,
      email_index bytea not null check (octet_length(email_index) = 32),
      -- The wording that the author agreed to.
      consent text not null,
      consent_at timestamptz not null,
      -- Last day on which it may be kept.
      retention_until date not null,
      check (retention_until > (consent_at at time zone 'UTC')::date)
    )`.execute(db);
  await sql`create index contact_email on contacts.contact (email_index)`.execute(db);
  await sql`create index contact_key on contacts.contact (key_id, testimony_id)`.execute(db);
  await sql`create index contact_retention on contacts.contact (retention_until)`.execute(db);
  await sql`
    -- Without content: who, when, what, for which testimony.
    create table contacts.access (
      id bigint generated always as identity primary key,
      at timestamptz not null default clock_timestamp(),
      actor text not null,
      action text not null check (action in ('READ', 'ERASED', 'PURGED')),
      testimony_id text collate "C" not null
    )`.execute(db);
  await sql`create index access_at on contacts.access (at)`.execute(db);
  await sql`grant select, insert, update on contacts.contact to contacts_agent`.execute(db);
  await sql`grant insert on contacts.access to contacts_agent`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table contacts.access`.execute(db);
  await sql`drop table contacts.contact`.execute(db);
}
