import { type Kysely, sql } from 'kysely';
import { createWriteTables, dropWriteTables } from '../../../kernel/write/tables.ts';
import {
  createFactTable,
  dropFactTable,
  hideFacts,
  showFacts,
  showPublished,
  writeFacts,
} from '../fact/table.ts';

/**
 * Self-diagnoses, plans, labels and impacts are written in the hub too: versions, publication, agents' reading. Plans
 * get a plan above them, links and actions; gaps between results and targets are facts of their own.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createWriteTables(db, 'improvement');
  await sql`
    -- Each change of a row counts one version, whether a person, an import or a rollback made it.
    create function improvement.count_version() returns trigger language plpgsql as $$
      begin
        new.version := old.version + 1;
        return new;
      end $$`.execute(db);
  for (const table of EARLIER) {
    await hideFacts(db, table);
    await writeFacts(db, table);
  }
  await sql`
    alter table improvement.action_plan
      -- The plan that this one carries out nearer to users: same network, a place below.
      add column parent_id text collate "C",
      -- Why it was given up; plans of files do not say.
      add column abandoned_because text,
      -- What it answers: facts of other subgraphs, known by their ids. Testimonies know their plans themselves.
      add column report_ids text[] not null default '{}',
      add column indicator_ids text[] not null default '{}'`.execute(db);
  await sql`create index on improvement.action_plan (parent_id) where parent_id is not null`.execute(db);
  for (const table of EARLIER) await showFacts(db, table);

  await createFactTable(
    db,
    'action',
    sql`
      -- ACT-<key>, of a plan whose subject it has; public where its plan is, unless it is kept inside.
      plan_id text collate "C" not null,
      title text not null,
      description text,
      status text not null check (status in ('TO_DO', 'IN_PROGRESS', 'DONE', 'ABANDONED')),
      -- A role, never a person.
      owner_role text not null,
      owner_words text,
      due_on date,
      done_on date,
      abandoned_because text,
      -- Per cent.
      progress integer not null default 0 check (progress between 0 and 100),
      -- Undoing the import of a plan must not leave its actions behind.
      foreign key (network_id, plan_id) references improvement.action_plan (network_id, id),
      check ((status = 'DONE') = (done_on is not null)),
      check (status <> 'DONE' or progress = 100)`,
    sql`exists (select from improvement.action_plan p
                 where p.network_id = f.network_id and p.id = f.plan_id and p.published)`,
  );
  await sql`create index on improvement.action (plan_id, id)`.execute(db);
  await sql`
    -- A file may move a plan: its actions go with it.
    create function improvement.actions_follow() returns trigger language plpgsql as $$
      begin
        update improvement.action a
           set structure_id = new.structure_id, site_id = new.site_id, territory_id = new.territory_id
         where a.network_id = new.network_id and a.plan_id = new.id;
        return null;
      end $$`.execute(db);
  await sql`
    create trigger actions_follow after update on improvement.action_plan for each row
      when ((old.structure_id, old.site_id, old.territory_id)
        is distinct from (new.structure_id, new.site_id, new.territory_id))
      execute function improvement.actions_follow()`.execute(db);

  await createFactTable(
    db,
    'gap',
    sql`
      -- GAP-<key>: how far a result is from its target, as the service saw it.
      observed_on date not null,
      diagnosis_id text collate "C",
      indicator_id text collate "C",
      commitment_id text collate "C",
      period text,
      -- As given: improvement does not read the results of the hub.
      target numeric,
      actual numeric,
      severity text not null check (severity in ('MINOR', 'MODERATE', 'MAJOR')),
      cause text,
      -- Where the two values come from, in the words of who gave them.
      source text,
      plan_id text collate "C"`,
  );
  await sql`create index on improvement.gap (diagnosis_id) where diagnosis_id is not null`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await dropFactTable(db, 'gap');
  await dropFactTable(db, 'action');
  await sql`drop trigger actions_follow on improvement.action_plan`.execute(db);
  await sql`drop function improvement.actions_follow()`.execute(db);
  for (const table of EARLIER) {
    await hideFacts(db, table);
    const name = sql.id(table);
    await sql`drop trigger count_version on improvement.${name}`.execute(db);
    await sql`drop policy of_the_network on improvement.${name}`.execute(db);
    await sql`alter table improvement.${name} disable row level security`.execute(db);
    await sql`revoke select on improvement.${name} from improvement_agent`.execute(db);
    await sql`alter table improvement.${name} drop column publication, drop column retracted, drop column version`.execute(
      db,
    );
  }
  await sql`
    alter table improvement.action_plan drop column parent_id, drop column abandoned_because,
      drop column report_ids, drop column indicator_ids`.execute(db);
  for (const table of EARLIER) await showPublished(db, table);
  await sql`drop function improvement.count_version()`.execute(db);
  await dropWriteTables(db, 'improvement');
}

/** Tables of the first migration. */
const EARLIER = ['action_plan', 'self_diagnosis', 'label', 'impact'];
