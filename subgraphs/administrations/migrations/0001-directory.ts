import { type Kysely, sql } from 'kysely';

/**
 * The directory: the one contract that every subgraph may read. Only what other domains join on is here;
 * how to reach a site, commitments and procedures stay in `administrations`.
 *
 * Real tables, not views, because logical replication carries no views. Global ids are the keys, compared
 * by bytes (`collate "C"`). Rows are closed with `valid_to`, never deleted, so that old results keep a home.
 */
export async function up(db: Kysely<any>): Promise<void> {
  // How labels are compared when a feed names a network, a commune or a city: same rule as `fold` in the
  // kernel, no accents, no case, no punctuation, single spaces.
  await sql`
    create function directory.label_key(value text) returns text
      language sql immutable strict parallel safe
      return trim(regexp_replace(directory.fold(value), '[^[:alnum:]]+', ' ', 'g'))`.execute(db);

  // How names of places are compared: « ST ETIENNE CEDEX 9 » and « Saint-Étienne », « Paris 14 » and « Paris ».
  await sql`
    create function directory.place_key(value text) returns text
      language sql immutable strict parallel safe
      return trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        directory.label_key(value),
        '\\mst\\M', 'saint', 'g'), '\\mste\\M', 'sainte', 'g'),
        '\\mcedex\\M.*$', ''),
        '^(paris|lyon|marseille) [0-9].*$', '\\1'))`.execute(db);

  await sql`
    create function directory.typology_id(network_id text, name text) returns text
      language sql immutable strict parallel safe
      return 'TYP-' || substr(network_id, 5) || '-' || left(replace(directory.label_key(name), ' ', '-'), 90)`.execute(
    db,
  );

  await sql`
    create table directory.territory (
      id text collate "C" primary key,
      level text not null check (level in ('COMMUNE', 'DEPARTEMENT', 'REGION', 'NATIONAL')),
      code text not null,
      name text not null,
      -- A municipal arrondissement has its commune as parent; a commune its département.
      parent_id text collate "C" references directory.territory deferrable initially deferred,
      departement_id text collate "C",
      region_id text collate "C",
      population integer,
      postal_codes text[] not null default '{}',
      latitude double precision,
      longitude double precision check ((longitude is null) = (latitude is null)),
      -- How the centre is known: TOWN_HALL, PLACE or NEIGHBOURS (mean of the communes around).
      center_method text check (center_method in ('TOWN_HALL', 'PLACE', 'NEIGHBOURS')),
      is_arrondissement boolean not null default false,
      valid_from date,
      -- The end of a merged commune is often unknown (the source lists former codes without dates): it is
      -- current only while it has neither an end nor a heir.
      valid_to date,
      merged_into text collate "C" references directory.territory deferrable initially deferred,
      is_current boolean generated always as (valid_to is null and merged_into is null) stored,
      vintage integer not null,
      import_id uuid,
      name_key text generated always as (directory.label_key(name)) stored
    )`.execute(db);
  await sql`create index on directory.territory (parent_id, id)`.execute(db);
  await sql`create index on directory.territory (level, name_key, id)`.execute(db);
  await sql`create index on directory.territory (departement_id, id) where level = 'COMMUNE'`.execute(db);
  await sql`create index on directory.territory (merged_into) where merged_into is not null`.execute(db);
  await sql`create index on directory.territory using gin (postal_codes)`.execute(db);
  await sql`create index on directory.territory using gin (name_key extensions.gin_trgm_ops)`.execute(db);
  await sql`create index on directory.territory using gist (point(longitude, latitude)) where level = 'COMMUNE'`.execute(
    db,
  );

  await sql`
    create table directory.ministry (
      id text collate "C" primary key,
      name text not null
    )`.execute(db);

  await sql`
    create table directory.network (
      id text collate "C" primary key,
      code text not null unique,
      name text not null,
      ministry_id text collate "C" references directory.ministry,
      -- SITE, or the territory level where the network publishes today (practice of the State's barometer).
      finest_level text not null check (finest_level in ('SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL')),
      has_ivr boolean not null default false,
      -- Consulates do not count in the transparency rate (published method).
      counts_in_transparency boolean not null default true,
      valid_from date,
      valid_to date,
      successor_id text collate "C" references directory.network deferrable initially deferred
    )`.execute(db);
  await sql`
    -- Every label under which feeds name a network, its own name included.
    create table directory.network_alias (
      label text not null,
      key text generated always as (directory.label_key(label)) stored primary key,
      network_id text collate "C" not null references directory.network
    )`.execute(db);

  await sql`
    create table directory.network_pivot (
      pivot text primary key,
      network_id text collate "C" not null references directory.network
    )`.execute(db);

  await sql`
    create table directory.typology (
      id text collate "C" primary key,
      network_id text collate "C" not null references directory.network,
      name text not null
    )`.execute(db);

  await sql`
    create table directory.structure (
      id text collate "C" primary key,
      code text not null unique,
      name text not null,
      description text,
      network_id text collate "C" not null references directory.network,
      typology_id text collate "C" references directory.typology,
      parent_id text collate "C" references directory.structure deferrable initially deferred,
      -- What the structure answers for: one site's surroundings, a département, a région, the nation.
      level text not null check (level in ('SITE', 'DEPARTEMENT', 'REGION', 'NATIONAL')),
      commune_id text collate "C" references directory.territory,
      departement_id text collate "C" references directory.territory,
      region_id text collate "C" references directory.territory,
      -- As published; the commune is found from them.
      postal_code text,
      city text,
      external_id text,
      commune_match text check (commune_match in ('EXACT', 'AMBIGUOUS', 'NONE')),
      valid_from date,
      valid_to date,
      import_id uuid not null,
      import_row integer
    )`.execute(db);
  await sql`create index on directory.structure (network_id, id)`.execute(db);
  await sql`create index on directory.structure (parent_id, id)`.execute(db);
  await sql`create index on directory.structure (departement_id, network_id)`.execute(db);

  await sql`
    create table directory.site (
      id text collate "C" primary key,
      name text not null,
      name_key text generated always as (directory.label_key(name)) stored,
      -- First pivot of the State directory: an open list, labelled in administrations.pivot.
      pivot text not null,
      pivots text[] not null,
      network_id text collate "C" references directory.network,
      -- Commune code as published, and the current commune that holds it (merged communes followed).
      -- Null abroad (consulates).
      source_commune_code text,
      commune_id text collate "C" references directory.territory,
      departement_id text collate "C" references directory.territory,
      region_id text collate "C" references directory.territory,
      latitude double precision,
      longitude double precision check ((longitude is null) = (latitude is null)),
      valid_from date,
      valid_to date
    )`.execute(db);
  await sql`create index on directory.site (network_id, departement_id, name_key, id)`.execute(db);
  await sql`create index on directory.site (commune_id, name_key, id)`.execute(db);
  await sql`create index on directory.site (departement_id, name_key, id)`.execute(db);
  await sql`create index on directory.site (region_id, name_key, id)`.execute(db);
  await sql`create index on directory.site (network_id, name_key, id)`.execute(db);
  await sql`create index on directory.site (name_key, id)`.execute(db);
  await sql`create index on directory.site using gist (point(longitude, latitude)) where valid_to is null`.execute(
    db,
  );
  // The nearest site of one network, or of one pivot, whatever their number: index order by distance.
  for (const column of ['network_id', 'pivot']) {
    await sql`
      create index on directory.site using gist (${sql.id(column)}, point(longitude, latitude))
      where valid_to is null`.execute(db);
  }
  await sql`create index on directory.site using gin (name_key extensions.gin_trgm_ops)`.execute(db);

  await sql`
    -- Other ids of a site: its former pivot code, the id of an older vintage of the directory.
    create table directory.site_alias (
      alias text collate "C" primary key,
      site_id text collate "C" not null references directory.site
    )`.execute(db);
  await sql`create index on directory.site_alias (site_id)`.execute(db);

  await sql`
    create table directory.structure_site (
      structure_id text collate "C" not null references directory.structure,
      site_id text collate "C" not null references directory.site,
      method text not null,
      confidence text not null check (confidence in ('CERTAIN', 'PROBABLE', 'POSSIBLE')),
      valid_from date,
      valid_to date,
      import_id uuid not null,
      import_row integer,
      primary key (structure_id, site_id)
    )`.execute(db);
  await sql`create index on directory.structure_site (site_id)`.execute(db);

  await sql`
    -- Which site serves a commune, where it is known.
    create table directory.competence (
      network_id text collate "C" not null references directory.network,
      commune_id text collate "C" not null references directory.territory,
      site_id text collate "C" not null references directory.site,
      import_id uuid not null,
      import_row integer,
      primary key (commune_id, network_id, site_id)
    )`.execute(db);
  await sql`create index on directory.competence (site_id)`.execute(db);

  await sql`
    create table directory.revision (
      number bigint primary key,
      made_at timestamptz not null default now(),
      import_id uuid
    )`.execute(db);
  await sql`
    -- What moved at each revision, so that a subgraph recomputes only what that touched.
    create table directory.change (
      revision bigint not null references directory.revision,
      entity text not null check (entity in ('TERRITORY', 'NETWORK', 'STRUCTURE', 'SITE', 'STRUCTURE_SITE')),
      id text collate "C" not null,
      old_network_id text collate "C",
      new_network_id text collate "C",
      old_departement_id text collate "C",
      new_departement_id text collate "C",
      primary key (revision, entity, id)
    )`.execute(db);
}

export async function down(db: Kysely<any>): Promise<void> {
  const tables = [
    'change',
    'revision',
    'competence',
    'structure_site',
    'site_alias',
    'site',
    'structure',
    'typology',
    'network_pivot',
    'network_alias',
    'network',
    'ministry',
    'territory',
  ];
  for (const table of tables) await sql`drop table directory.${sql.id(table)}`.execute(db);
  await sql`drop function directory.typology_id(text, text)`.execute(db);
  await sql`drop function directory.place_key(text)`.execute(db);
  await sql`drop function directory.label_key(text)`.execute(db);
}
