import { type Kysely, type RawBuilder, sql } from 'kysely';
import { createFactTable, dropFactTable } from '../fact/table.ts';

/**
 * Registers of what services do for their commitments: frequent errors and advice, good practices and who reused
 * them, listening bodies, training, eco-measures. Their declarations (`<kind>.kind.ts`) name the same columns.
 */
export async function up(db: Kysely<any>): Promise<void> {
  // As the search of testimonies reads words: without accents, in another form, or from their beginning.
  await sql`
    create function improvement.words(value text) returns text
      language sql immutable strict parallel safe
      return regexp_replace(directory.fold(value), '[^[:alnum:]]+', ' ', 'g')`.execute(db);
  await sql`
    create function improvement.searched(value text) returns tsvector
      language sql immutable strict parallel safe
      return to_tsvector('pg_catalog.french', improvement.words(value))
          || to_tsvector('pg_catalog.simple', improvement.words(value))`.execute(db);
  await sql`
    -- Every word must be found; words that say nothing are left out unless there is nothing else. Null for no word.
    create function improvement.search_query(value text) returns tsquery
      language sql immutable strict parallel safe
    begin atomic
      with word as (
        select text, plainto_tsquery('pg_catalog.french', text) as stem
          from regexp_split_to_table(trim(improvement.words(value)), ' +') as text where text <> ''
      ), meant as (
        select * from word where numnode(stem) > 0 or not exists (select from word where numnode(stem) > 0)
      )
      select string_agg(
               case when numnode(stem) > 0 then '(' || stem::text || ' | ' || prefix || ')' else prefix end, ' & '
             )::tsquery
        from meant cross join lateral (select to_tsquery('pg_catalog.simple', text || ':*')::text) as p(prefix);
    end`.execute(db);
  for (const [table, columns] of Object.entries(TABLES)) await createFactTable(db, table, columns);
  await sql`create index on improvement.frequent_error (procedure_id, id)`.execute(db);
  await sql`create index on improvement.practice_reuse (practice_id, id)`.execute(db);
  await sql`create index on improvement.training_count (theme, period)`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of Object.keys(TABLES).toReversed()) await dropFactTable(db, table);
  for (const name of ['search_query', 'searched', 'words']) {
    await sql`drop function improvement.${sql.id(name)}(text)`.execute(db);
  }
}

const TABLES: Readonly<Record<string, RawBuilder<unknown>>> = {
  frequent_error: sql`
    -- ERR-<key>
    procedure_id text collate "C" not null,
    error text not null,
    consequence text,
    advice text not null,
    link text,
    rank integer check (rank >= 1),
    occurrences integer check (occurrences >= 0),
    cases integer check (cases >= 1),
    valid_since date,
    reviewed_on date,
    rules_changed_on date,
    -- Day from which somebody is to make sure that the advice holds: twelve months after the last time, or the day
    -- of a change of the rules since. Null when nobody knows since when it holds.
    review_by date generated always as (
      case when rules_changed_on > coalesce(reviewed_on, valid_since, '-infinity') then rules_changed_on
           else (coalesce(reviewed_on, valid_since) + interval '12 months')::date end) stored,
    search tsvector generated always as (
      improvement.searched(error || ' ' || advice || ' ' || coalesce(consequence, ''))) stored,
    check (occurrences is null or occurrences <= cases)`,
  good_practice: sql`
    -- PRACTICE-<key>
    title text not null,
    description text not null,
    conditions text,
    results text,
    commitment_ids text[] not null default '{}',
    contact_role text,
    since date,
    search tsvector generated always as (
      improvement.searched(title || ' ' || description || ' ' || coalesce(conditions, '') || ' '
        || coalesce(results, ''))) stored`,
  practice_reuse: sql`
    -- REUSE-<key>
    practice_id text collate "C" not null,
    reused_on date not null,
    words text`,
  listening_body: sql`
    -- BODY-<key>
    name text not null,
    kind text not null check (
      kind in ('USER_COMMITTEE', 'USER_PANEL', 'USER_WORKSHOP', 'ONLINE_COMMUNITY', 'MIXED_COUNCIL')),
    users integer check (users >= 0),
    agents integer check (agents >= 0),
    partners integer check (partners >= 0),
    elected integer check (elected >= 0),
    meetings_per_year integer check (meetings_per_year >= 0),
    last_met_on date,
    recommendations integer check (recommendations >= 0),
    followed integer check (followed >= 0),
    check (followed is null or followed <= recommendations)`,
  training_count: sql`
    -- TRAIN-<key>
    theme text not null check (theme in (
      'BENEVOLENCE', 'RIGHT_TO_ERROR', 'SUPPORT', 'PLAIN_LANGUAGE', 'ACCESSIBILITY', 'ECO_RESPONSIBILITY')),
    period text not null,
    agents integer not null check (agents >= 1),
    trained integer not null check (trained >= 0),
    counted_on date,
    check (trained <= agents)`,
  eco_measure: sql`
    -- ECO-<key>
    kind text not null check (kind in (
      'ENERGY', 'WATER', 'WASTE', 'PAPER', 'MOBILITY', 'PURCHASING', 'DIGITAL', 'BIODIVERSITY')),
    title text not null,
    description text,
    since date,
    effect numeric,
    effect_unit text,
    check ((effect is null) = (effect_unit is null))`,
};
