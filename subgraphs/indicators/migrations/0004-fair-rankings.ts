import { type Kysely, sql } from 'kysely';

/** What fair comparisons rest on: units among their peers, and figures of rural, urban and overseas places. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    -- How units spread among their peers: those of the same density, of the same volume, of both, or all of them
    -- (empty texts). As in "spread": withheld units are left out. Groups too small to rank in have no row, but for
    -- the whole network.
    create table indicators.peer_group (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      period_grain text not null,
      period_start date not null,
      density text not null check (density in ('', 'DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE')),
      volume text not null check (volume in ('', 'SMALL', 'MEDIUM', 'LARGE')),
      -- What the volumes of the network are, and where its second and last third begin; on its whole row only.
      volume_of text check (volume_of in ('RESPONDENTS', 'DENOMINATOR')),
      medium_from numeric,
      large_from numeric,
      units integer not null,
      values_ascending numeric[] not null,
      units_up_to integer[] not null,
      median numeric not null,
      primary key (network_id, indicator_id, period_start, period_grain, definition_version, density, volume)
    )`.execute(db);
  await sql`
    -- Figures of the nation's rural, urban and overseas places, and by density, as "figure" has those of territories.
    create table indicators.setting_figure (
      network_id text collate "C" not null,
      indicator_id text collate "C" not null,
      definition_version integer not null,
      period_grain text not null,
      period_start date not null,
      period_end date not null,
      place text not null check (place in
        ('RURAL', 'URBAN', 'OVERSEAS', 'DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE')),
      value numeric,
      basis text not null check (basis in ('COMPUTED_WEIGHTED', 'COMPUTED_UNWEIGHTED')),
      -- Then all that follows but the coverage is null.
      suppressed text check (suppressed in ('SMALL_SAMPLE', 'COMPLEMENTARY')),
      numerator numeric,
      denominator numeric,
      respondents integer,
      very_favourable integer,
      favourable integer,
      unfavourable integer,
      very_unfavourable integer,
      publishing integer not null,
      expected integer not null,
      import_id uuid not null references indicators.import (id),
      import_row integer,
      updated_on date,
      primary key (network_id, indicator_id, period_start, period_grain, definition_version, place)
    )`.execute(db);
  for (const table of ['peer_group', 'setting_figure']) {
    await sql`grant select on indicators.${sql.id(table)} to indicators_public, indicators_agent`.execute(db);
  }
  // What was published before has neither: the next refresh makes them, as after any change of the directory.
  await sql`
    update indicators.directory_state set revision = -1 where exists (select from indicators.result)`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table indicators.setting_figure`.execute(db);
  await sql`drop table indicators.peer_group`.execute(db);
}
