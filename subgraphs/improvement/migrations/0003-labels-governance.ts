import { type Kysely, type RawBuilder, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';
import { createFactTable, dropFactTable, hideFacts, showFacts } from '../fact/table.ts';

/**
 * How a label is come to (application, external audit, two surveys), conferences of stakeholders, ideas of agents,
 * major actions that are followed nationally, and the sessions and decisions of those who steer the programme.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await labels(db);
  await evidence(db);
  await createFactTable(
    db,
    'conference',
    sql`
      -- CONF-<key>. Who was there is a number for each college, never a name.
      title text not null,
      planned_on date,
      held_on date,
      state text not null check (state in ('PLANNED', 'HELD', 'PUBLISHED', 'CANCELLED')),
      users integer not null default 0 check (users >= 0),
      agents integer not null default 0 check (agents >= 0),
      local_partners integer not null default 0 check (local_partners >= 0),
      elected_officials integer not null default 0 check (elected_officials >= 0),
      -- Whether the review of the year was shared with those who were there.
      review_shared boolean not null default false,
      summary text,
      -- [{ words, commitmentId, planId }], the first priority first.
      priorities jsonb not null default '[]',
      -- Why it was cancelled.
      reason text,
      check (published = (state = 'PUBLISHED')),
      check (state not in ('HELD', 'PUBLISHED') or held_on is not null
        -- Several parties, or it is no conference.
        and (users > 0)::int + (agents > 0)::int + (local_partners > 0)::int + (elected_officials > 0)::int >= 2)`,
  );
  await createFactTable(
    db,
    'idea',
    sql`
      -- What agents suggest; IDEA-<key>. Of the service, not of a person.
      title text not null,
      description text,
      commitment_ids text[] not null default '{}',
      proposed_on date not null,
      state text not null check (state in ('PROPOSED', 'ADOPTED', 'DONE', 'SET_ASIDE')),
      -- Why it was set aside.
      reason text,
      plan_id text collate "C",
      done_on date,
      check ((state = 'DONE') = (done_on is not null)),
      check (not published or state in ('ADOPTED', 'DONE'))`,
  );
  await governance(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of ['decision', 'governance_session', 'major_action']) {
    await sql`drop view ${view(table)}`.execute(db);
    await sql`drop table ${sql.table(`improvement.${table}`)}`.execute(db);
  }
  await dropFactTable(db, 'idea');
  await dropFactTable(db, 'conference');
  for (const table of ['label_survey', 'label_audit']) {
    await sql`drop view ${view(table)}`.execute(db);
    await sql`drop table ${sql.table(`improvement.${table}`)}`.execute(db);
  }
  await hideFacts(db, 'label');
  await sql`drop trigger evidence_follows on improvement.label`.execute(db);
  await sql`drop function improvement.evidence_follows()`.execute(db);
  await sql`drop index improvement.label_applied_once`.execute(db);
  // What was never awarded has no place in the table as it was.
  await sql`delete from improvement.label where state not in ('AWARDED', 'WITHDRAWN')`.execute(db);
  await sql`
    alter table improvement.label
      drop constraint label_is_given, drop constraint label_state, drop column state,
      drop column wanted_level, drop column applied_on, drop column reason,
      alter level set not null, alter granted_on set not null, alter expires_on set not null`.execute(db);
  await showFacts(db, 'label');
  await sql`drop function improvement.label_ends(date)`.execute(db);
}

const view = (table: string) => sql.table(`improvement.published_${table}`);

async function labels(db: Kysely<any>): Promise<void> {
  await sql`
    -- The last day on which a label holds: three whole years, the first day included. From a 29 February on they
    -- are over on the 28th.
    create function improvement.label_ends(granted_on date) returns date language sql immutable
      return (granted_on + interval '3 years')::date
        - case when extract(month from granted_on) = 2 and extract(day from granted_on) = 29 then 0 else 1 end
  `.execute(db);
  await hideFacts(db, 'label');
  await sql`
    alter table improvement.label
      add state text not null default 'AWARDED',
      -- What the service applied for; null where only the label is known. level is what was awarded.
      add wanted_level text check (wanted_level in ('BRONZE', 'SILVER', 'GOLD')),
      add applied_on date,
      -- Why it was refused or withdrawn.
      add reason text,
      alter level drop not null, alter granted_on drop not null, alter expires_on drop not null`.execute(db);
  await sql`update improvement.label set state = 'WITHDRAWN' where withdrawn_on is not null`.execute(db);
  await sql`
    alter table improvement.label
      add constraint label_state
        check (state in ('APPLIED', 'UNDER_REVIEW', 'AWARDED', 'REFUSED', 'WITHDRAWN')),
      add constraint label_is_given check (
        case when state in ('AWARDED', 'WITHDRAWN')
          then level is not null and granted_on is not null and expires_on is not null
            and (state = 'AWARDED' or withdrawn_on is not null)
          else level is null and granted_on is null and expires_on is null and withdrawn_on is null
            and wanted_level is not null and applied_on is not null and not published end)`.execute(db);
  await sql`
    -- One application at a time for a place.
    create unique index label_applied_once on improvement.label
      (network_id, coalesce(structure_id, ''), coalesce(site_id, '')) where state in ('APPLIED', 'UNDER_REVIEW')
  `.execute(db);
  await showFacts(db, 'label');
}

/** What a label is awarded on. */
async function evidence(db: Kysely<any>): Promise<void> {
  await sql`
    -- What an external audit found; AUDIT-<key>.
    create table improvement.label_audit (
      ${OF_A_LABEL},
      organisation text not null,
      audited_on date not null,
      score numeric not null check (score between 0 and 100),
      conform boolean not null,
      -- For everybody, once the label is awarded.
      summary text,
      ${PROVENANCE}
    )`.execute(db);
  await sql`
    -- What a survey of users or of agents found; SURVEY-<key>.
    create table improvement.label_survey (
      ${OF_A_LABEL},
      kind text not null check (kind in ('USERS', 'AGENTS')),
      surveyed_on date not null,
      respondents integer not null check (respondents > 0),
      satisfied integer not null check (satisfied between 0 and respondents),
      ${PROVENANCE}
    )`.execute(db);
  for (const table of ['label_audit', 'label_survey']) {
    const name = sql.table(`improvement.${table}`);
    await sql`create index on ${name} (network_id, label_id)`.execute(db);
    await sql`create index on ${name} (label_id)`.execute(db);
    await protectByNetwork(db, 'improvement', table, ['select'], {
      network: ['NETWORK_HQ'],
      referent: true,
    });
    await sql`
      create view ${view(table)} with (security_barrier) as
        select f.* from ${name} f join improvement.label l on l.id = f.label_id and l.network_id = f.network_id
         where l.published`.execute(db);
    await sql`grant select on ${view(table)} to improvement_public, improvement_agent`.execute(db);
  }
  await sql`
    -- A file may move a label: its audits and surveys go with it.
    create function improvement.evidence_follows() returns trigger language plpgsql as $$
      begin
        update improvement.label_audit f set structure_id = new.structure_id, site_id = new.site_id
         where f.network_id = new.network_id and f.label_id = new.id;
        update improvement.label_survey f set structure_id = new.structure_id, site_id = new.site_id
         where f.network_id = new.network_id and f.label_id = new.id;
        return null;
      end $$`.execute(db);
  await sql`
    create trigger evidence_follows after update on improvement.label for each row
      when ((old.structure_id, old.site_id) is distinct from (new.structure_id, new.site_id))
      execute function improvement.evidence_follows()`.execute(db);
}

/** What DITP steers: public from the moment it is written. */
async function governance(db: Kysely<any>): Promise<void> {
  await sql`
    -- MAJOR-<key>; of several ministries where it has no network.
    create table improvement.major_action (
      id text collate "C" primary key,
      network_id text collate "C",
      title text not null,
      description text,
      commitment_ids text[] not null default '{}',
      state text not null check (state in ('PLANNED', 'UNDER_WAY', 'DONE', 'STOPPED')),
      started_on date,
      ended_on date,
      -- [{ title, dueOn, doneOn }] in their order.
      milestones jsonb not null default '[]',
      -- Why it was stopped.
      reason text,
      ${COUNTED},
      check ((state in ('DONE', 'STOPPED')) = (ended_on is not null))
    )`.execute(db);
  await sql`
    -- MEETING-<key>
    create table improvement.governance_session (
      id text collate "C" primary key,
      body text not null
        check (body in ('STEERING_COMMITTEE', 'INDIVIDUALS_COMMISSION', 'BUSINESSES_COMMISSION')),
      -- The half-year that it counts for, 2024-S1.
      period text collate "C" not null check (period ~ '^[1-9][0-9]{3}-S[12]$'),
      held_on date not null,
      summary text,
      ${COUNTED}
    )`.execute(db);
  await sql`create index on improvement.governance_session (held_on, id)`.execute(db);
  await sql`
    -- DECISION-<key>
    create table improvement.decision (
      id text collate "C" primary key,
      session_id text collate "C" not null references improvement.governance_session (id),
      words text not null,
      commitment_ids text[] not null default '{}',
      due_on date,
      state text not null check (state in ('TAKEN', 'CARRIED_OUT', 'ABANDONED')),
      -- Day on which it was carried out or abandoned.
      ended_on date,
      -- Why it was abandoned.
      reason text,
      major_action_id text collate "C" references improvement.major_action (id),
      ${COUNTED},
      check ((state = 'TAKEN') = (ended_on is null))
    )`.execute(db);
  await sql`create index on improvement.decision (session_id, id)`.execute(db);
  await sql`create index on improvement.decision (major_action_id, id)`.execute(db);
  const reached = sql`(
    select count(*) from jsonb_array_elements(f.milestones) m where m ->> 'doneOn' is not null)`;
  const progress = sql`
    ${reached}::int as reached, jsonb_array_length(f.milestones) as milestone_count,
    trim_scale(round(100.0 * ${reached} / nullif(jsonb_array_length(f.milestones), 0), 6)) as progress`;
  const tables: [string, RawBuilder<unknown>][] = [
    ['major_action', sql`f.*, ${progress}`],
    ['governance_session', sql`f.*`],
    ['decision', sql`f.*, s.held_on as taken_on`],
  ];
  for (const [table, columns] of tables) {
    await sql`
      create trigger count_version before update on ${sql.table(`improvement.${table}`)}
        for each row execute function improvement.count_version()`.execute(db);
    const session =
      table === 'decision' ? sql`join improvement.governance_session s on s.id = f.session_id` : sql``;
    await sql`
      create view ${view(table)} with (security_barrier) as
        select ${columns} from ${sql.table(`improvement.${table}`)} f ${session}`.execute(db);
    await sql`grant select on ${view(table)} to improvement_public, improvement_agent`.execute(db);
  }
}

/** The file that a row came in; null for what was written in the hub. */
const PROVENANCE = sql`
  import_id uuid references improvement.import (id),
  import_row integer`;

const COUNTED = sql`
  version integer not null default 1,
  ${PROVENANCE}`;

/** A label's network and place are said again, for row-level security. */
const OF_A_LABEL = sql`
  id text collate "C" primary key,
  label_id text collate "C" not null,
  network_id text collate "C" not null,
  structure_id text collate "C",
  site_id text collate "C",
  -- Of two of one day, the last one recorded counts.
  recorded_at timestamptz not null default clock_timestamp(),
  foreign key (network_id, label_id) references improvement.label (network_id, id)`;
