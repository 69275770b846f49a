import { type Kysely, sql } from 'kysely';
import { createJournal, dropJournal } from '../../../kernel/import/journal.ts';

/**
 * Definitions, results and figures.
 *
 * `network_id` leads the key of every fact table, so that they can be partitioned or distributed by it.
 * The value 'ALL' stands for every public service together (the State's barometer), for which no network
 * exists. Results are append-only: a row is current from one publication (of the journal) to another, so
 * that every past publication can be read again. What the roll-up derives from a current row (`is_unit`,
 * `suppressed`) is the only thing that ever changes in place.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'indicators');

  await sql`
    create table indicators.indicator (
      id text collate "C" primary key,
      -- Code at the source (DITP's IND-nn), or ours for the common core.
      code text not null unique,
      network_id text collate "C",
      core_indicator_id text collate "C" references indicators.indicator,
      comparability text check (comparability in ('SAME_QUESTION', 'CLOSE', 'OWN')),
      import_id uuid,
      import_row integer
    )`.execute(db);

  await sql`
    -- What an indicator means, by version: a changed question, method or unit is a break in series.
    create table indicators.definition (
      indicator_id text collate "C" not null references indicators.indicator,
      version integer not null,
      title text not null,
      user_title text not null,
      question text,
      family text not null check (family in ('PERFORMANCE', 'SATISFACTION')),
      unit text not null check (unit in ('PERCENT', 'SCORE_10', 'POINTS', 'MINUTES', 'DAYS', 'COUNT')),
      direction text not null check (direction in ('HIGHER_IS_BETTER', 'LOWER_IS_BETTER')),
      frequency text not null check (frequency in ('ANNUAL', 'HALF_YEARLY', 'QUARTERLY', 'MONTHLY', 'IRREGULAR')),
      -- How the value comes from its parts, which allows to check and to weight it. Null: not declared.
      -- RATIO 100 × numerator / denominator · MEAN numerator / denominator · FAVOURABLE 100 × (very favourable
      -- + favourable) / answers · NET 100 × (favourable − unfavourable answers) / answers · SUM of counts.
      formula text check (formula in ('RATIO', 'MEAN', 'FAVOURABLE', 'NET', 'SUM')),
      sources text,
      methods text,
      valid_from date,
      primary key (indicator_id, version)
    )`.execute(db);

  await sql`
    create table indicators.indicator_commitment (
      indicator_id text collate "C" not null references indicators.indicator,
      commitment_id text collate "C" not null,
      primary key (indicator_id, commitment_id)
    )`.execute(db);

  await sql`
    create table indicators.target (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null references indicators.indicator,
      -- Empty: the whole network.
      structure_id text collate "C" not null default '',
      period_start date not null,
      period_end date not null,
      value numeric not null,
      import_id uuid,
      primary key (network_id, indicator_id, structure_id, period_start, period_end)
    )`.execute(db);

  await sql`
    create table indicators.result (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      -- SITE and STRUCTURE are subjects of a network; TERRITORY is a figure that the source itself
      -- published for a whole territory; PROCEDURE a score of an online procedure, in no figure of a territory.
      subject_kind text not null check (subject_kind in ('SITE', 'STRUCTURE', 'TERRITORY', 'PROCEDURE')),
      subject_id text collate "C" not null,
      period_grain text not null check (period_grain in ('YEAR', 'SEMESTER', 'QUARTER', 'MONTH')),
      period_start date not null,
      period_end date not null,
      -- The source gave a date of update and no period: the period is our reading.
      period_inferred boolean not null default false,
      value numeric not null,
      numerator numeric,
      denominator numeric,
      respondents integer,
      very_favourable integer,
      favourable integer,
      unfavourable integer,
      very_unfavourable integer,
      updated_on date,
      import_id uuid not null references indicators.import (id),
      import_row integer,
      publication_from bigint not null,
      publication_to bigint,
      -- Derived: it is a part of the figures of territories, and ranked (never a parent beside its children).
      is_unit boolean not null default false,
      -- Derived: why the public may not see the value.
      suppressed text check (suppressed in ('SMALL_SAMPLE', 'COMPLEMENTARY'))
    )`.execute(db);
  await sql`
    create unique index result_current on indicators.result
      (network_id, indicator_id, period_start, period_grain, definition_version, subject_id)
      where publication_to is null`.execute(db);
  await sql`
    create index result_subject on indicators.result
      (subject_id, indicator_id, period_end desc) where publication_to is null`.execute(db);
  await sql`
    create index result_ranking on indicators.result
      (network_id, indicator_id, period_start, period_grain,
       (case when suppressed is null then value end), subject_id)
      where publication_to is null and is_unit`.execute(db);
  await sql`create index result_import on indicators.result (import_id, network_id)`.execute(db);

  await sql`
    -- Figures of territories, one row per (network, indicator, period, territory), recomputed by the
    -- transaction that publishes. typology_id '' is all typologies together.
    create table indicators.figure (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      period_grain text not null,
      period_start date not null,
      period_end date not null,
      typology_id text collate "C" not null default '',
      level text not null check (level in ('DEPARTEMENT', 'REGION', 'NATIONAL')),
      territory_id text collate "C" not null,
      value numeric,
      basis text not null check (basis in ('PUBLISHED', 'COMPUTED_WEIGHTED', 'COMPUTED_UNWEIGHTED')),
      -- Then value, numerator, denominator and distribution are null.
      suppressed text check (suppressed in ('SMALL_SAMPLE', 'COMPLEMENTARY')),
      numerator numeric,
      denominator numeric,
      respondents integer,
      very_favourable integer,
      favourable integer,
      unfavourable integer,
      very_unfavourable integer,
      -- Coverage: n of N units of publication (sites, structures, or territories where a network has neither
      -- published) of this territory.
      publishing integer not null,
      expected integer not null,
      -- Latest import among the parts.
      import_id uuid not null references indicators.import (id),
      import_row integer,
      updated_on date,
      primary key (network_id, indicator_id, territory_id, period_start, period_grain, definition_version, typology_id)
    )`.execute(db);
  await sql`
    create index figure_territory on indicators.figure (territory_id, network_id, indicator_id, period_end desc)
      where typology_id = ''`.execute(db);
  await sql`
    create index figure_level on indicators.figure (indicator_id, level, period_start, network_id)
      where typology_id = ''`.execute(db);

  await sql`
    -- How the units of a network spread nationwide, so that rank, extremes and median cost one row:
    -- distinct published values in ascending order, and how many units have at most each of them. Withheld
    -- units are left out; units are the results with is_unit.
    create table indicators.spread (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      period_grain text not null,
      period_start date not null,
      units integer not null,
      values_ascending numeric[] not null,
      units_up_to integer[] not null,
      median numeric not null,
      lowest_subject_id text collate "C" not null,
      highest_subject_id text collate "C" not null,
      primary key (network_id, indicator_id, period_start, period_grain, definition_version)
    )`.execute(db);

  await sql`
    -- What the source itself says of how a network's units spread nationwide, without their single results:
    -- it wins over the computed spread, and then nobody can be ranked.
    create table indicators.published_statistic (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      period_grain text not null check (period_grain in ('YEAR', 'SEMESTER', 'QUARTER', 'MONTH')),
      period_start date not null,
      period_end date not null,
      statistic text not null check (statistic in ('LOWEST', 'HIGHEST', 'MEDIAN')),
      value numeric not null,
      updated_on date,
      import_id uuid not null references indicators.import (id),
      import_row integer,
      primary key (network_id, indicator_id, period_start, period_grain, definition_version, statistic)
    )`.execute(db);

  await sql`
    -- Transparency rate of a territory in a year. network_id 'ALL' is the rate of the territory itself.
    create table indicators.transparency (
      territory_id text collate "C" not null,
      year integer not null,
      network_id text collate "C" not null,
      rate numeric,
      basis text not null check (basis in ('PUBLISHED', 'COMPUTED_UNWEIGHTED')),
      publishing integer,
      expected integer,
      transparent boolean,
      -- Null where nothing was published: there is no import to name.
      import_id uuid references indicators.import (id),
      import_row integer,
      primary key (territory_id, year, network_id)
    )`.execute(db);

  await sql`
    -- What all figures were computed on: a revision of the directory, a threshold of respondents.
    create table indicators.directory_state (
      only_row boolean primary key default true check (only_row),
      revision bigint not null,
      suppression_threshold integer not null
    )`.execute(db);
  await sql`insert into indicators.directory_state (revision, suppression_threshold) values (0, 11)`.execute(
    db,
  );

  // The public role reads what is published: superseded results and withheld values stay behind a view. It is
  // no security barrier, which would keep value filters and orders from the index; nobody but us writes SQL here.
  await sql`
    create view indicators.published_result as
      select network_id, indicator_id, definition_version, subject_kind, subject_id,
             period_grain, period_start, period_end, period_inferred,
             case when suppressed is null then value end as value,
             case when suppressed is null then numerator end as numerator,
             case when suppressed is null then denominator end as denominator,
             respondents,
             case when suppressed is null then very_favourable end as very_favourable,
             case when suppressed is null then favourable end as favourable,
             case when suppressed is null then unfavourable end as unfavourable,
             case when suppressed is null then very_unfavourable end as very_unfavourable,
             updated_on, import_id, import_row, publication_from, is_unit, suppressed
        from indicators.result where publication_to is null`.execute(db);
  const readable = [
    'indicator',
    'definition',
    'indicator_commitment',
    'target',
    'published_result',
    'figure',
    'spread',
    'published_statistic',
    'transparency',
    'directory_state',
  ];
  for (const table of readable) {
    await sql`grant select on indicators.${sql.id(table)} to indicators_public, indicators_agent`.execute(db);
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop view indicators.published_result`.execute(db);
  const tables = [
    'directory_state',
    'transparency',
    'published_statistic',
    'spread',
    'figure',
    'result',
    'target',
    'indicator_commitment',
    'definition',
    'indicator',
  ];
  for (const table of tables) await sql`drop table indicators.${sql.id(table)}`.execute(db);
  await dropJournal(db, 'indicators');
}
