import { type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';

/**
 * « Je suis usager testeur »: volunteers who try documents before they are disseminated, and the sessions where they
 * do. The hub never knows who a tester is: the portal that recruits gives a reference of its own, and keeps name and
 * address. Promises of the platform (2021): two solicitations a month at most, erased after three years.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table simplification.tester (
      -- TESTER-<uuid>
      id text collate "C" primary key,
      -- What the recruiting portal calls the volunteer; it alone knows who that is.
      reference text not null,
      enrolled_by text not null,
      -- Which wording was agreed to.
      consent text not null,
      consented_on date not null,
      erase_on date not null generated always as ((consented_on + interval '3 years')::date) stored,
      departement_id text collate "C",
      age_band text check (age_band in ('UNDER_25', 'FROM_25_TO_39', 'FROM_40_TO_59', 'FROM_60_TO_74', 'FROM_75')),
      digital_ease text check (digital_ease in ('AUTONOMOUS', 'WITH_HELP', 'REMOTE')),
      last_solicited_at timestamptz,
      earlier_solicited_at timestamptz,
      unique (enrolled_by, reference)
    )`.execute(db);
  await sql`create index on simplification.tester (erase_on)`.execute(db);
  await sql`create index on simplification.tester (departement_id, last_solicited_at)`.execute(db);
  await sql`
    -- Whoever solicits, however: a third time within a month is refused.
    create function simplification.twice_a_month() returns trigger language plpgsql as $$
    begin
      if old.earlier_solicited_at > new.last_solicited_at - interval '1 month' then
        raise exception 'This tester was solicited twice within a month.' using errcode = 'check_violation';
      end if;
      new.earlier_solicited_at := old.last_solicited_at;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger twice_a_month before update of last_solicited_at on simplification.tester
      for each row when (new.last_solicited_at is distinct from old.last_solicited_at)
      execute function simplification.twice_a_month()`.execute(db);
  // The planner's samples would outlive the rows.
  await sql`alter table simplification.tester alter column reference set statistics 0`.execute(db);

  await sql`
    -- What was erased with a report does not come back by a file; people at work may write anew.
    create function simplification.remarks_stay_erased() returns trigger
      language plpgsql security definer set search_path = '' as $$
    begin
      if exists (select from simplification.erased_report where report_id = new.report_id) then
        new.remarks := null;
      end if;
      return new;
    end $$`.execute(db);
  await sql`
    create trigger remarks_stay_erased before insert or update on simplification.user_test
      for each row when (new.remarks is not null and new.import_id is not null)
      execute function simplification.remarks_stay_erased()`.execute(db);

  await sql`
    create table simplification.test_session (
      network_id text collate "C" not null,
      -- SESSION-<key>
      id text collate "C" primary key,
      structure_id text collate "C",
      site_id text collate "C",
      title text not null,
      mode text not null check (mode in ('ONLINE', 'IN_PERSON', 'PHONE')),
      planned_on date not null,
      held_on date,
      state text not null check (state in ('PLANNED', 'OPEN', 'HELD', 'PUBLISHED', 'CANCELLED')),
      participants integer check (participants >= 0),
      remarks text,
      -- [{ report_id, testers, understood, completed }]: what was tried and how it went, read whole with its session.
      results jsonb not null default '[]',
      version integer not null default 1,
      import_id uuid references simplification.import (id),
      import_row integer,
      unique (network_id, id),
      check (state not in ('HELD', 'PUBLISHED') or (held_on is not null and participants > 0))
    )`.execute(db);
  await sql`create index on simplification.test_session (network_id, planned_on desc, id desc)`.execute(db);
  await sql`
    -- Whom a session asked. Who was erased leaves the row: how many were asked stays true.
    create table simplification.invitation (
      id bigint generated always as identity primary key,
      session_id text collate "C" not null references simplification.test_session on delete cascade,
      tester_id text collate "C" references simplification.tester on delete set null,
      invited_at timestamptz not null default clock_timestamp(),
      answer text not null default 'NONE' check (answer in ('NONE', 'ACCEPTED', 'DECLINED', 'TOOK_PART')),
      unique (session_id, tester_id)
    )`.execute(db);
  await sql`create index on simplification.invitation (tester_id)`.execute(db);

  await protectByNetwork(db, 'simplification', 'test_session', ['select']);
  for (const [table, seen] of [
    ['invitation', sql`exists (select from simplification.test_session s where s.id = session_id)`],
    // The reference of a tester is for those who invited that one.
    ['tester', sql`exists (select from simplification.invitation i where i.tester_id = tester.id)`],
  ] as const) {
    const name = sql.table(`simplification.${table}`);
    await sql`alter table ${name} enable row level security`.execute(db);
    await sql`create policy of_the_session on ${name} to simplification_agent using (${seen})`.execute(db);
  }
  await sql`grant select on simplification.invitation to simplification_agent`.execute(db);
  await sql`grant select (id, reference) on simplification.tester to simplification_agent`.execute(db);

  await sql`
    -- How many volunteers there are, never which.
    create view simplification.panel as
      select departement_id, age_band, digital_ease, count(*)::int as members,
             (count(*) filter (where earlier_solicited_at is null
               or earlier_solicited_at <= now() - interval '1 month'))::int as available
        from simplification.tester where erase_on > current_date
       group by departement_id, age_band, digital_ease`.execute(db);
  await sql`grant select on simplification.panel to simplification_agent`.execute(db);
  await sql`
    create view simplification.published_session as
      select s.network_id, s.id, s.structure_id, s.site_id, s.title, s.mode, s.held_on, s.participants, s.remarks,
             s.results, s.version, s.state, s.planned_on, s.import_id, s.import_row,
             coalesce(site.commune_id, t.commune_id) as commune_id,
             coalesce(site.departement_id, t.departement_id) as departement_id,
             coalesce(site.region_id, t.region_id) as region_id
        from simplification.test_session s
        left join directory.structure t on t.id = s.structure_id
        left join directory.site site on site.id = s.site_id
       where s.state = 'PUBLISHED'`.execute(db);
  await sql`
    grant select on simplification.published_session to simplification_public, simplification_agent`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const view of ['published_session', 'panel']) {
    await sql`drop view simplification.${sql.id(view)}`.execute(db);
  }
  // Policies look into the tables below their own.
  await sql`drop policy of_the_session on simplification.tester`.execute(db);
  for (const table of ['invitation', 'test_session', 'tester']) {
    await sql`drop table simplification.${sql.id(table)}`.execute(db);
  }
  await sql`drop function simplification.twice_a_month()`.execute(db);
  await sql`drop trigger remarks_stay_erased on simplification.user_test`.execute(db);
  await sql`drop function simplification.remarks_stay_erased()`.execute(db);
}
