import { type Kysely, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';
import { createWriteTables, dropWriteTables } from '../../../kernel/write/tables.ts';

/**
 * What headquarters write: drafts of results, which no reader of published rows can reach; the audit; and the
 * order in which results changed, so that a reader can follow.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createWriteTables(db, 'indicators');
  await createDrafts(db);
  await keepChanges(db);
  await sql`
    -- Rises with every change of the indicator or of what it means, wording included: what a writer has read.
    alter table indicators.indicator add column revision integer not null default 1`.execute(db);
}

async function createDrafts(db: Kysely<any>): Promise<void> {
  await sql`
    create table indicators.result_draft (
      id text collate "C" primary key,
      network_id text collate "C" not null,
      version integer not null,
      title text not null,
      state text not null check (state in ('DRAFT', 'PUBLISHED', 'DISCARDED')),
      results integer not null,
      -- What stands in the way of its publication, as judged when it was saved: [{code, message, path}].
      problems jsonb not null,
      -- Number of the publication that it became.
      publication bigint,
      -- Milliseconds, as a cursor can hold them.
      created_at timestamptz(3) not null default clock_timestamp(),
      created_by text not null,
      updated_at timestamptz(3) not null default clock_timestamp(),
      updated_by text not null,
      unique (id, network_id),
      check ((publication is not null) = (state = 'PUBLISHED'))
    )`.execute(db);
  await sql`
    create index result_draft_network on indicators.result_draft (network_id, created_at desc, id desc)
  `.execute(db);
  await sql`
    -- Results as they were typed: a draft may hold what is not right yet.
    create table indicators.result_draft_row (
      draft_id text collate "C" not null,
      -- Of the draft; here too, so that the row is protected by itself.
      network_id text collate "C" not null,
      -- From 1, in the order in which they were sent.
      rank integer not null,
      indicator text not null,
      site text,
      structure text,
      territory text,
      period text not null,
      value text,
      numerator text,
      denominator text,
      respondents integer,
      very_favourable integer,
      favourable integer,
      unfavourable integer,
      very_unfavourable integer,
      primary key (draft_id, rank),
      foreign key (draft_id, network_id) references indicators.result_draft (id, network_id) on delete cascade
    )`.execute(db);
  // Commands write as the owner, after they have checked who asks: agents only read.
  await protectByNetwork(db, 'indicators', 'result_draft', ['select']);
  await protectByNetwork(db, 'indicators', 'result_draft_row', ['select']);
}

/**
 * Readers follow results by the publication that changed what they may know of them. One row per result stands in
 * that order: the current one, or the last one where the result was withdrawn. A result that changes again moves to
 * the end, so that nobody is told a value that does not hold any more.
 */
async function keepChanges(db: Kysely<any>): Promise<void> {
  await sql`
    alter table indicators.result
      -- Publication that last changed what the public knows of the result: a value, its being withheld, its end.
      -- Null on rows that another one replaced.
      add column changed_in bigint,
      -- It replaced a value that was published before.
      add column corrects boolean not null default false`.execute(db);
  const same = sql`r.network_id = o.network_id and r.indicator_id = o.indicator_id
    and r.definition_version = o.definition_version and r.subject_id = o.subject_id
    and r.period_grain = o.period_grain and r.period_start = o.period_start`;
  await sql`
    update indicators.result r set corrects = true
      from indicators.result o where ${same} and o.publication_to = r.publication_from`.execute(db);
  await sql`
    update indicators.result set changed_in = publication_from where publication_to is null`.execute(db);
  await sql`
    update indicators.result r set changed_in = r.publication_to
     where r.publication_to is not null and not exists (
       select from indicators.result o
        where ${same} and (o.publication_to is null or o.publication_to > r.publication_to))`.execute(db);
  const key = sql`indicator_id, definition_version, subject_id, period_grain, period_start`;
  await sql`
    create index result_change on indicators.result (changed_in, network_id, ${key})
      where changed_in is not null`.execute(db);
  await sql`
    create index result_change_of_network on indicators.result (network_id, changed_in, ${key})
      where changed_in is not null`.execute(db);
  await sql`
    -- Results that were withdrawn and have not come back.
    create unique index result_withdrawn on indicators.result (network_id, ${key})
      where changed_in is not null and publication_to is not null`.execute(db);
  await sql`create index import_finished on indicators.import (finished_at) where publication is not null`.execute(
    db,
  );
  // Nothing came in, but what is withheld changed: readers follow that too.
  await sql`
    alter table indicators.import drop constraint import_kind_check,
      add constraint import_kind_check check (kind in ('IMPORT', 'ROLLBACK', 'REFRESH'))`.execute(db);
  const shown = sql`r.publication_to is null and r.suppressed is null`;
  const current = sql`r.publication_to is null`;
  await sql`
    create view indicators.changed_result as
      select r.changed_in, r.publication_to is not null as withdrawn,
             r.corrects or r.changed_in > r.publication_from as corrected,
             r.network_id, r.indicator_id, r.definition_version, r.subject_kind, r.subject_id,
             r.period_grain, r.period_start, r.period_end, r.period_inferred,
             case when ${shown} then r.value end as value,
             case when ${shown} then r.numerator end as numerator,
             case when ${shown} then r.denominator end as denominator,
             case when ${current} then r.respondents end as respondents,
             case when ${shown} then r.very_favourable end as very_favourable,
             case when ${shown} then r.favourable end as favourable,
             case when ${shown} then r.unfavourable end as unfavourable,
             case when ${shown} then r.very_unfavourable end as very_unfavourable,
             r.updated_on, r.import_id, r.import_row, r.publication_from, r.is_unit,
             case when ${current} then r.suppressed end as suppressed
        from indicators.result r where r.changed_in is not null`.execute(db);
  await sql`grant select on indicators.changed_result to indicators_public, indicators_agent`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`alter table indicators.indicator drop column revision`.execute(db);
  await sql`drop view indicators.changed_result`.execute(db);
  await sql`
    -- What a refresh changed stays changed: the journal as it was has no word for it.
    update indicators.import set kind = 'ROLLBACK' where kind = 'REFRESH'`.execute(db);
  await sql`
    alter table indicators.import drop constraint import_kind_check,
      add constraint import_kind_check check (kind in ('IMPORT', 'ROLLBACK'))`.execute(db);
  for (const index of ['import_finished', 'result_withdrawn', 'result_change_of_network', 'result_change']) {
    await sql`drop index indicators.${sql.id(index)}`.execute(db);
  }
  await sql`alter table indicators.result drop column changed_in, drop column corrects`.execute(db);
  await sql`drop table indicators.result_draft_row`.execute(db);
  await sql`drop table indicators.result_draft`.execute(db);
  await dropWriteTables(db, 'indicators');
}
