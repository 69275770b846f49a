import { type Kysely, sql } from 'kysely';

/**
 * Answers to surveys, one by one, until they are counted and purged; what was counted is in `result` like anything
 * else. And the scores of online procedures on « Je donne mon avis », by interval.
 *
 * Single answers are people's: no role but the owner reads them, not even row by row of its own network. They hold
 * neither who answered nor what somebody wrote.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table indicators.survey_answer (
      network_id text collate "C" not null,
      -- The sender's own: the same answer may come again.
      reference text collate "C" not null,
      -- The indicator that the question stands for; those with the same question are counted from the same answers.
      question_id text collate "C" not null references indicators.indicator,
      subject_kind text not null check (subject_kind in ('SITE', 'STRUCTURE')),
      subject_id text collate "C" not null,
      answered_on date not null,
      answer text not null
        check (answer in ('VERY_FAVOURABLE', 'FAVOURABLE', 'UNFAVOURABLE', 'VERY_UNFAVOURABLE')),
      -- The publication that counts it; null while it waits.
      import_id uuid references indicators.import (id),
      primary key (network_id, reference)
    )`.execute(db);
  await sql`
    create index survey_answer_cell on indicators.survey_answer (network_id, question_id, subject_id, answered_on)
  `.execute(db);
  await sql`
    create index survey_answer_import on indicators.survey_answer (import_id) where import_id is not null`.execute(
    db,
  );
  await sql`
    create index survey_answer_waiting on indicators.survey_answer (network_id) where import_id is null`.execute(
    db,
  );
  await sql`
    -- What a publication counted: without its answers it cannot be undone.
    create table indicators.survey_intake (
      import_id uuid not null references indicators.import (id),
      network_id text collate "C" not null,
      question_id text collate "C" not null,
      first_day date not null,
      last_day date not null,
      answers integer not null,
      primary key (import_id, network_id, question_id)
    )`.execute(db);
  await sql`
    -- Answers up to this day were erased: their counts stay as they were published, and no later answer can be added.
    create table indicators.survey_purge (
      network_id text collate "C" not null,
      question_id text collate "C" not null references indicators.indicator,
      purged_through date not null,
      primary key (network_id, question_id)
    )`.execute(db);
  await sql`
    -- How many answers of a day wait, for the network whose they are: neither where nor what was answered.
    create view indicators.survey_waiting with (security_barrier) as
      select network_id, question_id, answered_on, count(*)::integer as answers
        from indicators.survey_answer
       where import_id is null
         and (current_setting('hub.role', true) = 'DITP'
              or current_setting('hub.role', true) = 'NETWORK_HQ'
                 and network_id = current_setting('hub.network', true))
       group by network_id, question_id, answered_on`.execute(db);
  await sql`grant select on indicators.survey_waiting to indicators_agent`.execute(db);
  await createScores(db);
}

async function createScores(db: Kysely<any>): Promise<void> {
  await sql`
    -- Reviewed: which procedure a service of « Je donne mon avis » is.
    create table indicators.jdma_service (
      service_id text collate "C" primary key,
      title text not null,
      network_id text collate "C" not null,
      procedure_id text collate "C" not null,
      import_id uuid not null references indicators.import (id),
      import_row integer
    )`.execute(db);
  await sql`create index jdma_service_procedure on indicators.jdma_service (procedure_id)`.execute(db);
  await sql`
    -- What users answered to a form within an interval, as « Je donne mon avis » counts it: scores are made of these,
    -- and a few answers must not be found there when their score is withheld.
    create table indicators.jdma_count (
      service_id text collate "C" not null references indicators.jdma_service,
      form_id text collate "C" not null,
      starts_on date not null,
      ends_on date not null check (ends_on >= starts_on),
      -- Very good to very bad, instead of good, medium and bad.
      five_steps boolean not null,
      very_good integer not null,
      good integer not null,
      medium integer not null,
      bad integer not null,
      very_bad integer not null,
      import_id uuid not null references indicators.import (id),
      import_row integer,
      primary key (service_id, form_id, starts_on, ends_on)
    )`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop view indicators.survey_waiting`.execute(db);
  for (const table of ['jdma_count', 'jdma_service', 'survey_purge', 'survey_intake', 'survey_answer']) {
    await sql`drop table indicators.${sql.id(table)}`.execute(db);
  }
}
