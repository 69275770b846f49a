import { type Kysely, sql } from 'kysely';
import { createJournal, dropJournal } from '../../../kernel/import/journal.ts';

/** How to reach a site, what services promise, and what they announce: read by this subgraph only. */
export async function up(db: Kysely<any>): Promise<void> {
  await createJournal(db, 'administrations');

  await sql`
    create table administrations.pivot (
      code text primary key,
      label text not null
    )`.execute(db);

  await sql`
    -- The contact duty of commitment 2, one row per site. Lists are JSON because they are read whole,
    -- with their site, and never searched.
    create table administrations.site_detail (
      site_id text collate "C" primary key references directory.site,
      -- { lines: [text], postalCode, city, country }
      address jsonb,
      postal_address jsonb,
      -- [{ value, purpose }]
      phones jsonb not null default '[]',
      emails jsonb not null default '[]',
      websites jsonb not null default '[]',
      -- [{ channel: COUNTER|PHONE, kind: OPEN|BUSY|QUIET, days: [1..7], opens: "HH:MM", closes: "HH:MM", comment }],
      -- days from Monday = 1
      opening jsonb not null default '[]',
      opening_note text,
      -- ACC, DEM or NAC at the source
      accessibility text check (accessibility in ('ACCESSIBLE', 'ON_REQUEST', 'NOT_ACCESSIBLE')),
      accessibility_note text,
      information text,
      siren text,
      siret text,
      modified_on date,
      source text,
      import_id uuid not null references administrations.import (id),
      import_row integer
    )`.execute(db);

  await sql`
    -- What the State directory does not hold, given by the network itself: a new import of the directory
    -- leaves it alone. Its lists complete those of site_detail.
    create table administrations.site_contact (
      site_id text collate "C" primary key references directory.site,
      directions text,
      phones jsonb not null default '[]',
      emails jsonb not null default '[]',
      -- As site_detail.opening: counter and telephone, open, busy and quiet hours.
      opening jsonb not null default '[]',
      -- [{ name, role, phone, email, website }]
      mediators jsonb not null default '[]',
      -- [{ kind: ACCOMPANIMENT|DIGITAL|LANGUAGE|ITINERANT|URGENT|RIGHTS, description, languages: [text] }]
      support jsonb not null default '[]',
      import_id uuid not null references administrations.import (id),
      import_row integer
    )`.execute(db);

  await sql`
    create table administrations.commitment (
      id text collate "C" primary key,
      version text not null check (version in ('2021', '2024')),
      code text not null,
      position integer not null,
      title text not null,
      -- Wording of the kit's list, where it has its own.
      short_title text,
      -- Heading of the 2021 poster: PROCHES, EFFICACES, SIMPLES.
      heading text,
      source text not null,
      unique (version, position)
    )`.execute(db);
  await sql`
    create table administrations.commitment_correspondence (
      from_id text collate "C" not null references administrations.commitment,
      to_id text collate "C" not null references administrations.commitment,
      merged boolean not null default false,
      primary key (from_id, to_id)
    )`.execute(db);
  await sql`
    create table administrations.network_commitment (
      network_id text collate "C" not null references directory.network,
      commitment_id text collate "C" not null references administrations.commitment,
      wording text not null,
      valid_from date,
      import_id uuid references administrations.import (id),
      primary key (network_id, commitment_id)
    )`.execute(db);
  await sql`
    -- Who displays what, where, since when. A display on the web has no site.
    create table administrations.commitment_display (
      id text collate "C" primary key,
      network_id text collate "C" not null references directory.network,
      commitment_id text collate "C" not null references administrations.commitment,
      site_id text collate "C" references directory.site,
      place text not null check (place in ('RECEPTION', 'WEB')),
      url text,
      since date,
      import_id uuid references administrations.import (id)
    )`.execute(db);
  await sql`create index on administrations.commitment_display (site_id)`.execute(db);
  await sql`create index on administrations.commitment_display (network_id, commitment_id)`.execute(db);

  await sql`
    create table administrations.procedure (
      id text collate "C" primary key,
      name text not null,
      name_key text generated always as (directory.label_key(name)) stored,
      network_id text collate "C" references directory.network,
      flagship boolean not null default false,
      url text,
      import_id uuid references administrations.import (id)
    )`.execute(db);
  await sql`create index on administrations.procedure (network_id, name_key, id)`.execute(db);
  await sql`
    create table administrations.announced_delay (
      procedure_id text collate "C" not null references administrations.procedure,
      territory_id text collate "C" not null references directory.territory,
      channel text not null check (channel in ('ONLINE', 'POST', 'COUNTER', 'PHONE', 'EMAIL')),
      days integer not null check (days >= 0),
      announced_on date not null,
      import_id uuid references administrations.import (id),
      primary key (procedure_id, territory_id, channel, announced_on)
    )`.execute(db);

  for (const table of TABLES) {
    await sql`grant select on administrations.${sql.id(table)} to administrations_public, administrations_agent`.execute(
      db,
    );
  }
}

export async function down(db: Kysely<any>): Promise<void> {
  for (const table of TABLES) await sql`drop table administrations.${sql.id(table)}`.execute(db);
  await dropJournal(db, 'administrations');
}

/** Dependents first, the order in which they can be dropped. */
const TABLES = [
  'announced_delay',
  'procedure',
  'commitment_display',
  'network_commitment',
  'commitment_correspondence',
  'commitment',
  'site_contact',
  'site_detail',
  'pivot',
];
