import { type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';

/**
 * Replies that are written in the hub: versions of what each structure owes, transfers to structures below,
 * drafts of an AI for as long as they are compared with, actions engaged, what a testimony led to, and the delays
 * that networks undertake to keep.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    alter table testimonies.concern
      drop constraint concern_position_check,
      add column version integer not null default 1 check (version > 0),
      -- For a structure that took a reply over: the position of the one that the user named. It has a position of
      -- its own after the three of the source, and the latest of an origin owes the reply.
      add column origin smallint check (origin between 1 and 3),
      -- Why a super agent asked for changes, until it is submitted again.
      add column sent_back_reason text,
      add check (position between 1 and 12),
      add check ((position > 3) = (origin is not null))`.execute(db);
  await sql`
    -- What is still owed: few among many.
    create index concern_owed on testimonies.concern (network_id, structure_id)
      where status in ('TO_PROCESS', 'DRAFT', 'TO_VALIDATE')`.execute(db);
  await protectByNetwork(db, 'testimonies', 'concern', ['select'], {
    network: ['SUPER_AGENT', 'NETWORK_HQ'],
    referent: true,
  });
  await sql`alter table testimonies.reply enable row level security`.execute(db);
  await sql`
    -- Whoever sees what a structure owes sees how far its reply is.
    create policy of_the_concern on testimonies.reply for select to testimonies_agent using (exists (
      select from testimonies.concern c
       where c.network_id = reply.network_id and c.testimony_id = reply.testimony_id
         and c.position = reply.position))`.execute(db);
  await sql`grant select on testimonies.reply to testimonies_agent`.execute(db);

  await sql`
    -- What an AI proposed, kept for comparison as long as the reply is a draft; the owner's alone.
    create table testimonies.ai_draft (
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      position smallint not null,
      body text not null,
      primary key (testimony_id, position)
    )`.execute(db);
  await sql`
    -- « Action engagée », said in the hub by the structure concerned.
    create table testimonies.engaged_action (
      network_id text collate "C" not null,
      testimony_id text collate "C" not null,
      position smallint not null,
      engaged_on date not null,
      words text not null,
      -- PLAN-…, of the subgraph improvement.
      plan_id text collate "C",
      primary key (network_id, testimony_id, position),
      unique (testimony_id, position),
      foreign key (network_id, testimony_id, position) references testimonies.concern on delete cascade
    )`.execute(db);
  await sql`
    -- What a testimony led to: ids of the subgraph improvement, which owns plans and impacts.
    create table testimonies.testimony_link (
      testimony_id text collate "C" not null references testimonies.testimony on delete cascade,
      target_id text collate "C" not null,
      kind text generated always as (case when starts_with(target_id, 'PLAN-') then 'PLAN' else 'IMPACT' end) stored,
      -- Null when it was said in the hub.
      import_id uuid references testimonies.import (id),
      import_row integer,
      primary key (testimony_id, target_id),
      check (target_id ~ '^(PLAN|IMPACT)-.')
    )`.execute(db);
  await sql`create index on testimonies.testimony_link (target_id, testimony_id)`.execute(db);
  await sql`
    create view testimonies.published_action as
      select a.testimony_id, a.position, a.network_id, c.structure_id, c.site_id, a.engaged_on, a.words, a.plan_id
        from testimonies.engaged_action a
        join testimonies.concern c using (network_id, testimony_id, position)
        join testimonies.testimony t on t.id = a.testimony_id and t.state = 'PUBLISHED'`.execute(db);
  await sql`
    create view testimonies.published_link as
      select l.testimony_id, l.kind, l.target_id from testimonies.testimony_link l
        join testimonies.testimony t on t.id = l.testimony_id and t.state = 'PUBLISHED'`.execute(db);
  await sql`
    -- Who owes each reply now, or gave it: of a structure that the user named, or of the last one that took it over.
    create view testimonies.published_holder as
      select distinct on (c.testimony_id, coalesce(c.origin, c.position))
             c.testimony_id, coalesce(c.origin, c.position) as named, c.position
        from testimonies.concern c
        join testimonies.testimony t on t.id = c.testimony_id and t.state = 'PUBLISHED'
       order by c.testimony_id, coalesce(c.origin, c.position), c.position desc`.execute(db);
  for (const view of VIEWS) {
    await sql`grant select on testimonies.${sql.id(view)} to testimonies_public, testimonies_agent`.execute(
      db,
    );
  }
  await duties(db);
}

/** Delays that are configured, by file or in the hub, each with what was read of it. */
async function duties(db: Kysely<any>): Promise<void> {
  await sql`
    alter table testimonies.reply_duty
      -- First day of the undertaking, where it is known: it is told, and every delay is held to the present one.
      add column since date,
      add column version integer not null default 1,
      -- When it was set through the graph; null when it is as a file said.
      add column written_at timestamptz,
      add column import_id uuid references testimonies.import (id),
      add column import_row integer`.execute(db);
  await sql`
    -- Whoever writes it: who read the version before must read again.
    create function testimonies.reply_duty_version() returns trigger language plpgsql as $$
      begin
        new.version := old.version + 1;
        return new;
      end $$`.execute(db);
  await sql`
    create trigger reply_duty_version before update on testimonies.reply_duty
      for each row execute function testimonies.reply_duty_version()`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop trigger reply_duty_version on testimonies.reply_duty`.execute(db);
  await sql`drop function testimonies.reply_duty_version()`.execute(db);
  await sql`
    alter table testimonies.reply_duty
      drop column since, drop column version, drop column written_at, drop column import_id,
      drop column import_row`.execute(db);
  for (const view of VIEWS) await sql`drop view testimonies.${sql.id(view)}`.execute(db);
  for (const table of ['testimony_link', 'engaged_action', 'ai_draft']) {
    await sql`drop table testimonies.${sql.id(table)}`.execute(db);
  }
  await sql`drop policy of_the_concern on testimonies.reply`.execute(db);
  await sql`alter table testimonies.reply disable row level security`.execute(db);
  await sql`revoke select on testimonies.reply from testimonies_agent`.execute(db);
  await sql`drop policy of_the_network on testimonies.concern`.execute(db);
  await sql`drop index testimonies.concern_owed`.execute(db);
  await sql`delete from testimonies.concern where position > 3`.execute(db);
  await sql`
    alter table testimonies.concern
      drop column version, drop column origin, drop column sent_back_reason,
      drop constraint concern_position_check,
      add constraint concern_position_check check (position between 1 and 3)`.execute(db);
}

const VIEWS = ['published_holder', 'published_link', 'published_action'];
