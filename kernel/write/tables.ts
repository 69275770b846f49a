import { type Generated, type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../postgres/agent.ts';

/** What was written through the graph, as `tables.ts` of a subgraph declares `<schema>.audit`. */
export interface AuditTable {
  id: Generated<string>;
  at: Generated<Date>;
  subject: string;
  role: string;
  network_id: string | null;
  action: string;
  object_id: string;
  before: object | null;
  after: object | null;
  reason: string | null;
  request_id: string | null;
}

/** Answers of commands, kept for those that send one again: `<schema>.idempotency`. */
export interface IdempotencyTable {
  subject: string;
  command: string;
  key: string;
  input_hash: string;
  answer: object | null;
  at: Generated<Date>;
}

/**
 * Creates the audit and the memory of commands in a subgraph's schema; called by a migration of that subgraph.
 *
 * `audit` only grows: nobody changes or removes a row, the owner's own commands included. Its agents read the rows of
 * their network, DITP all; the public reads nothing. `idempotency` is the owner's alone.
 */
export async function createWriteTables(db: Kysely<any>, schema: string): Promise<void> {
  const table = (name: string) => sql.table(`${schema}.${name}`);
  await sql`
    create table ${table('audit')} (
      id uuid primary key default gen_random_uuid(),
      -- Milliseconds, as a cursor can hold them.
      at timestamptz(3) not null default clock_timestamp(),
      -- The key or the person, never a name or an e-mail.
      subject text not null,
      role text not null,
      -- Null for what belongs to no network: DITP alone reads it.
      network_id text collate "C",
      action text not null,
      object_id text collate "C" not null,
      -- The object as it was and as it is; null where there is none.
      before jsonb,
      after jsonb,
      reason text,
      request_id text
    )`.execute(db);
  await sql`create index audit_network on ${table('audit')} (network_id, at desc, id desc)`.execute(db);
  await protectByNetwork(db, schema, 'audit', ['select']);
  await sql`
    create function ${table('audit_stays')}() returns trigger language plpgsql as $$
      begin
        raise exception 'The audit is only added to.' using errcode = 'insufficient_privilege';
      end $$`.execute(db);
  await sql`
    create trigger audit_stays before update or delete or truncate on ${table('audit')}
      for each statement execute function ${table('audit_stays')}()`.execute(db);

  await sql`
    create table ${table('idempotency')} (
      subject text not null,
      command text not null,
      key text not null,
      -- Of the input without the key: the same key with another input is a mistake.
      input_hash text not null,
      -- Null only inside the transaction that makes it.
      answer jsonb,
      at timestamptz not null default clock_timestamp(),
      primary key (subject, command, key)
    )`.execute(db);
  await sql`create index idempotency_at on ${table('idempotency')} (at)`.execute(db);
}

/** Removes what `createWriteTables` made. */
export async function dropWriteTables(db: Kysely<any>, schema: string): Promise<void> {
  for (const name of ['idempotency', 'audit'])
    await sql`drop table ${sql.table(`${schema}.${name}`)}`.execute(db);
  await sql`drop function ${sql.table(`${schema}.audit_stays`)}()`.execute(db);
}
