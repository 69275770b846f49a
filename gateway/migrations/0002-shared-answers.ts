import { type Kysely, sql } from 'kysely';
import { roleName, SUBGRAPHS } from '../../kernel/postgres/roles.ts';

/**
 * What lets gateways keep answers and never serve an older figure than what is published
 * (`docs/decisions/0021-shared-answers.md`).
 *
 * Whatever writes to a table that the public can read leaves a row in `change`, by a trigger, in the same transaction,
 * after a lock that others can see. A gateway keeps nothing that it has not checked a moment ago, and believes no check
 * that saw such a lock; a transaction that holds one waits for that moment before it commits.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table gateway.change (
      -- A row for each transaction and each schema whose public rows it touched. Never updated: two that publish at
      -- once, or a long import, do not wait for each other here.
      xid xid8 not null,
      domain text not null
    )`.execute(db);
  await sql`create index change_xid on gateway.change (xid)`.execute(db);

  // Rows of transactions before this one are gone: whoever looked last before it knows nothing any more.
  await sql`
    create table gateway.change_forgotten (
      only_row boolean primary key default true check (only_row),
      before xid8 not null
    )`.execute(db);
  await sql`insert into gateway.change_forgotten (before) values ('0')`.execute(db);

  // Gateways that keep answers, each for how long it trusts a check. One that stops writing here has stopped serving
  // what it keeps before its time is over.
  await sql`
    create table gateway.reader (
      id uuid primary key,
      trusts_ms integer not null check (trusts_ms between 0 and 1000),
      until timestamptz not null
    )`.execute(db);

  await sql`
    -- Says that what the public can read of a schema changes in this transaction.
    create function gateway.changes(domain text) returns void
      language plpgsql volatile security definer set search_path = '' as $$
      declare
        mark constant text := 'hub.changed_' || domain;
        mine constant text := pg_catalog.pg_current_xact_id()::text;
      begin
        if pg_catalog.current_setting(mark, true) = mine then return; end if;
        -- Shared: those who publish do not wait for each other. Seen by all who look at the locks, at once.
        perform pg_catalog.pg_advisory_xact_lock_shared(${sql.lit(LOCK_CLASS)}, pg_catalog.hashtext(domain));
        insert into gateway.change (xid, domain) values (pg_catalog.pg_current_xact_id(), domain);
        perform pg_catalog.set_config(mark, mine, true);
        perform pg_catalog.set_config('hub.change_waited', '', true);
      end $$`.execute(db);

  await sql`
    create function gateway.table_changes() returns trigger
      language plpgsql volatile security definer set search_path = '' as $$
      begin
        if pg_catalog.current_setting('hub.changed_' || tg_table_schema, true)
           is distinct from pg_catalog.pg_current_xact_id()::text then
          perform gateway.changes(tg_table_schema);
        end if;
        return null;
      end $$`.execute(db);

  await sql`
    -- Before the commit: waits until no gateway trusts a check that did not see the lock.
    create function gateway.wait_for_readers() returns trigger
      language plpgsql volatile security definer set search_path = '' as $$
      declare
        mine constant text := pg_catalog.pg_current_xact_id()::text;
        longest double precision;
      begin
        if pg_catalog.current_setting('hub.change_waited', true) = mine then return null; end if;
        if pg_catalog.current_setting('transaction_isolation') = 'read committed' then
          select max(trusts_ms) into longest from gateway.reader where until > pg_catalog.clock_timestamp();
        else
          -- An older snapshot may not show who has come since.
          longest := 1000;
        end if;
        -- A quarter more, for clocks that do not run alike.
        if longest > 0 then perform pg_catalog.pg_sleep(longest * 1.25 / 1000); end if;
        perform pg_catalog.set_config('hub.change_waited', mine, true);
        return null;
      end $$`.execute(db);
  await sql`
    create constraint trigger wait_for_readers after insert on gateway.change
      deferrable initially deferred for each row execute function gateway.wait_for_readers()`.execute(db);

  await sql`
    -- What has changed since a snapshot. The locks are looked at first, in a statement of their own, and each statement
    -- of a volatile function sees what was committed before it: a lock that is gone by then is a commit that is seen.
    create function gateway.changes_since(seen text, domains text[])
      returns table (snapshot text, day text, forgotten boolean, changed text[], busy text[])
      language plpgsql volatile security definer set search_path = '' as $$
      declare
        held text[];
      begin
        select coalesce(array_agg(distinct d.name), '{}') into held
          from pg_catalog.pg_locks l
          join unnest(domains) d(name) on l.objid::bigint = pg_catalog.hashtext(d.name)::bigint & 4294967295
         where l.locktype = 'advisory' and l.classid = ${sql.lit(LOCK_CLASS)} and l.objsubid = 2
           and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database());
        return query
          select pg_catalog.pg_current_snapshot()::text,
                 -- The day of answers that say « today », in UTC and where the services are. Null around midnight:
                 -- processes that compute it by their own clocks may not agree yet.
                 case when gateway.days(pg_catalog.clock_timestamp() - interval '5 seconds')
                         = gateway.days(pg_catalog.clock_timestamp() + interval '5 seconds')
                      then gateway.days(pg_catalog.clock_timestamp()) end,
                 seen is null
                   or pg_catalog.pg_snapshot_xmin(seen::pg_catalog.pg_snapshot) < (select before from gateway.change_forgotten),
                 case when seen is null then '{}' else array(
                   select distinct c.domain from gateway.change c
                    where c.xid >= pg_catalog.pg_snapshot_xmin(seen::pg_catalog.pg_snapshot)
                      and not pg_catalog.pg_visible_in_snapshot(c.xid, seen::pg_catalog.pg_snapshot)) end,
                 held;
      end $$`.execute(db);
  await sql`
    create function gateway.days(moment timestamptz) returns text language sql stable parallel safe
      return (moment at time zone 'UTC')::date::text || ' ' || (moment at time zone 'Europe/Paris')::date::text`.execute(
    db,
  );

  await sql`grant select, delete on gateway.change to gateway_agent`.execute(db);
  await sql`grant select, update on gateway.change_forgotten to gateway_agent`.execute(db);
  await sql`grant select, insert, update, delete on gateway.reader to gateway_agent`.execute(db);
  await sql`revoke execute on function gateway.changes(text) from public`.execute(db);
  for (const subgraph of SUBGRAPHS) {
    const owner = sql.ref(roleName(subgraph, 'owner'));
    await sql`grant usage on schema gateway to ${owner}`.execute(db);
    await sql`grant execute on function gateway.changes(text), gateway.table_changes() to ${owner}`.execute(
      db,
    );
  }
}

/** First key of the advisory locks of those who publish; the second is the hash of the schema's name. */
const LOCK_CLASS = 7_254_002;

export async function down(db: Kysely<any>): Promise<void> {
  // With the triggers of all tables, which are made again after the next migration.
  await sql`drop function gateway.table_changes() cascade`.execute(db);
  await sql`drop function gateway.changes_since(text, text[]), gateway.days(timestamptz), gateway.changes(text)`.execute(
    db,
  );
  await sql`drop table gateway.change, gateway.change_forgotten, gateway.reader`.execute(db);
  await sql`drop function gateway.wait_for_readers()`.execute(db);
  for (const subgraph of SUBGRAPHS)
    await sql`revoke usage on schema gateway from ${sql.ref(roleName(subgraph, 'owner'))}`.execute(db);
}
