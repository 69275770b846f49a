import { type Kysely, sql } from 'kysely';

/**
 * Who published in a network, and when: a row per subject and year, and one per subject for all years together. Without
 * it, who did not publish, and of how many units most are, was read from every result of every period.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table indicators.publisher (
      network_id text collate "C" not null,
      -- Year in which a period of its results begins; 0: all years together.
      year integer not null,
      subject_id text collate "C" not null,
      subject_kind text not null check (subject_kind in ('SITE', 'STRUCTURE', 'TERRITORY', 'PROCEDURE')),
      -- Day of update of its latest result, or the end of its period where that is not known.
      latest_on date not null,
      primary key (network_id, year, subject_id)
    )`.execute(db);
  await sql`grant select on indicators.publisher to indicators_public, indicators_agent`.execute(db);
  await sql`
    insert into indicators.publisher (network_id, year, subject_id, subject_kind, latest_on)
    select network_id, coalesce(year, 0), subject_id, min(subject_kind), max(latest_on)
      from (select network_id, extract(year from period_start)::integer as year, subject_id, subject_kind,
                   coalesce(updated_on, period_end) as latest_on
              from indicators.result where publication_to is null) r
     group by grouping sets ((network_id, subject_id, year), (network_id, subject_id))`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table indicators.publisher`.execute(db);
}
