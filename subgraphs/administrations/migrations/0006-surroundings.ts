import { type Kysely, sql } from 'kysely';

/** In what surroundings each territory stands, and how far people are from the sites of each network. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    -- One row per current territory. Beside the territories, not in them: it is derived from all of them, and the
    -- indexes of names and places need not follow it.
    create table directory.surroundings (
      territory_id text collate "C" primary key references directory.territory deferrable initially deferred,
      -- Inhabitants of the communes whose centre is at most 10 km away; above the commune, what its median
      -- inhabitant has around. Null where no centre or no population is known.
      population_within_10_km bigint,
      density text check (density in ('DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE')),
      -- What stands overseas is of its own kind, whatever its density.
      setting text check (setting in ('RURAL', 'URBAN', 'OVERSEAS')),
      check ((density is null) = (population_within_10_km is null))
    )`.execute(db);
  await sql`
    create table administrations.access (
      network_id text collate "C" not null references directory.network,
      territory_id text collate "C" not null references directory.territory,
      -- Empty: everybody. Else a setting, or a density that is not overseas.
      place text not null check (place in
        ('', 'RURAL', 'URBAN', 'OVERSEAS', 'DENSE', 'INTERMEDIATE', 'SPARSE', 'VERY_SPARSE')),
      population bigint not null,
      median_m integer not null,
      p90_m integer not null,
      within_5_km bigint not null,
      within_10_km bigint not null,
      within_20_km bigint not null,
      primary key (network_id, territory_id, place)
    )`.execute(db);
  await sql`
    -- What access was computed on: the latest publication of the journal of this subgraph.
    create table administrations.access_state (
      only_row boolean primary key default true check (only_row),
      publication bigint not null
    )`.execute(db);
  await sql`insert into administrations.access_state (publication) values (-1)`.execute(db);
  await sql`grant select on administrations.access to administrations_public, administrations_agent`.execute(
    db,
  );
}

export async function down(db: Kysely<any>): Promise<void> {
  await sql`drop table administrations.access_state`.execute(db);
  await sql`drop table administrations.access`.execute(db);
  await sql`drop table directory.surroundings`.execute(db);
}
