import { type Kysely, sql } from 'kysely';

/**
 * Who may come in: keys of programs, members among the persons that an identity provider knows, and what was
 * used each day. The gateway itself (`gateway_agent`) reads them and adds to the counts, nothing else; granting
 * and revoking is for the command line (`gateway_owner`).
 */
export async function up(db: Kysely<any>): Promise<void> {
  // What a role must be bound to; who grants one looks the ids up in the directory.
  await sql`
    create function gateway.fits(role text, network_id text, structure_id text) returns boolean
      language sql immutable parallel safe
      return case
        when role in ('PUBLIC', 'ANALYST', 'MODERATOR', 'DITP') then network_id is null and structure_id is null
        when role in ('NETWORK_HQ', 'SUPER_AGENT') then network_id is not null and structure_id is null
        when role = 'LOCAL_REFERENT' then network_id is not null and structure_id is not null
        else false
      end`.execute(db);

  await sql`
    create table gateway.api_key (
      -- The part of the key that may be shown: hub_<id>_<secret>.
      id text collate "C" primary key check (id ~ '^[a-z2-7]{12}$'),
      -- A secret of 256 random bits needs neither salt nor slow hashing.
      secret_sha256 bytea not null check (octet_length(secret_sha256) = 32),
      role text not null,
      network_id text collate "C",
      structure_id text collate "C",
      label text not null check (label <> ''),
      -- Requests per UTC day; null for no quota.
      daily_quota integer check (daily_quota > 0),
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      revoked_at timestamptz,
      check (gateway.fits(role, network_id, structure_id))
    )`.execute(db);

  await sql`
    create table gateway.member (
      issuer text not null,
      subject text not null,
      role text not null check (role <> 'PUBLIC'),
      network_id text collate "C",
      structure_id text collate "C",
      label text not null check (label <> ''),
      granted_at timestamptz not null default now(),
      revoked_at timestamptz,
      check (gateway.fits(role, network_id, structure_id))
    )`.execute(db);
  // Revoked rows stay: they say who could do what, and until when.
  await sql`create unique index on gateway.member (issuer, subject) where revoked_at is null`.execute(db);

  await sql`
    create table gateway.daily_use (
      key_id text collate "C" not null references gateway.api_key,
      -- In UTC.
      day date not null,
      requests bigint not null check (requests >= 0),
      last_used_at timestamptz not null,
      primary key (key_id, day)
    )`.execute(db);

  // Moves with every grant and revocation, so that one small read tells whether anything changed.
  await sql`
    create table gateway.revision (
      only_row boolean primary key default true check (only_row),
      number bigint not null
    )`.execute(db);
  await sql`insert into gateway.revision (number) values (1)`.execute(db);
  await sql`
    create function gateway.revise() returns trigger language plpgsql as $$
      begin
        update gateway.revision set number = number + 1;
        return null;
      end $$`.execute(db);
  for (const table of ['api_key', 'member']) {
    await sql`
      create trigger revise after insert or update or delete or truncate on gateway.${sql.id(table)}
        for each statement execute function gateway.revise()`.execute(db);
  }

  await sql`grant select on gateway.api_key, gateway.member, gateway.revision to gateway_agent`.execute(db);
  await sql`grant select, insert, update on gateway.daily_use to gateway_agent`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table gateway.daily_use, gateway.api_key, gateway.member, gateway.revision`.execute(db);
  await sql`drop function gateway.revise(), gateway.fits(text, text, text)`.execute(db);
}
