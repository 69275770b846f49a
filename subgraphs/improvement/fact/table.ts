import { type Kysely, type RawBuilder, sql } from 'kysely';
import { protectByNetwork } from '../../../kernel/postgres/agent.ts';

/**
 * Tables of facts of improvement, for migrations: whom a fact is about, whether it is public, its version, and the
 * two views that it is read through. What released migrations made with these functions must not change: a new shape
 * is a new function.
 */

/** The columns that every fact has; `import_id` is null for what was written in the hub. */
const FACT = sql`
  network_id text collate "C" not null,
  id text collate "C" not null,
  structure_id text collate "C",
  site_id text collate "C",
  territory_id text collate "C",
  published boolean not null default false,
  import_id uuid references improvement.import (id),
  import_row integer,
  primary key (network_id, id)`;

/**
 * Makes a table of facts, protected and shown: `createFactTable(db, 'idea', sql`title text not null`)`.
 * @param shown what a public row must fulfil besides, on the row `f`
 */
export async function createFactTable(
  db: Kysely<unknown>,
  table: string,
  columns: RawBuilder<unknown>,
  shown?: RawBuilder<unknown>,
): Promise<void> {
  await sql`create table improvement.${sql.id(table)} (${FACT}, ${columns})`.execute(db);
  for (const parent of ['id', 'site_id', 'structure_id']) {
    await sql`create index on improvement.${sql.id(table)} (${sql.id(parent)})`.execute(db);
  }
  await writeFacts(db, table);
  await showFacts(db, table, shown);
}

/** Takes back `createFactTable`. */
export async function dropFactTable(db: Kysely<unknown>, table: string): Promise<void> {
  await hideFacts(db, table);
  await sql`drop table improvement.${sql.id(table)}`.execute(db);
}

/**
 * Makes the rows of a table writable: they count their versions, whoever writes them, can be withdrawn, and its
 * agents see the unpublished ones of their network, a local referent those of its structures.
 */
export async function writeFacts(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.id(table);
  await sql`
    alter table improvement.${name}
      add column version integer not null default 1,
      add column retracted boolean not null default false,
      add column publication text not null generated always as (
        case when published then 'PUBLISHED' when retracted then 'WITHDRAWN' else 'DRAFT' end) stored`.execute(
    db,
  );
  await sql`
    create trigger count_version before update on improvement.${name}
      for each row execute function improvement.count_version()`.execute(db);
  await protectByNetwork(db, 'improvement', table, ['select'], { network: ['NETWORK_HQ'], referent: true });
}

/**
 * Makes the two views of a table, completed with the places of the directory: `published_<table>` of public rows,
 * `working_<table>` of those that an agent may see, published or not. A table that changes its columns is hidden
 * before and shown again after.
 */
export async function showFacts(
  db: Kysely<unknown>,
  table: string,
  shown: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  await showPublished(db, table, shown);
  const working = sql.id(`working_${table}`);
  // Row-level security asks who reads the view, not who owns it.
  await sql`
    create view improvement.${working} with (security_invoker) as ${completed(table)}`.execute(db);
  await sql`grant select on improvement.${working} to improvement_agent`.execute(db);
}

/** The view of public rows alone. */
export async function showPublished(
  db: Kysely<unknown>,
  table: string,
  shown: RawBuilder<unknown> = sql`true`,
): Promise<void> {
  const view = sql.id(`published_${table}`);
  await sql`
    create view improvement.${view} with (security_barrier) as
      ${completed(table)} where f.published and ${shown}`.execute(db);
  await sql`grant select on improvement.${view} to improvement_public, improvement_agent`.execute(db);
}

/** Takes both views away. */
export async function hideFacts(db: Kysely<unknown>, table: string): Promise<void> {
  for (const kind of ['working', 'published']) {
    await sql`drop view if exists improvement.${sql.id(`${kind}_${table}`)}`.execute(db);
  }
}

/** Every column of the table as it is now, and where the fact stands. */
const completed = (table: string) => sql`
  select f.*,
         coalesce(site.commune_id, s.commune_id, case when t.level = 'COMMUNE' then t.id end) as commune_id,
         coalesce(site.departement_id, s.departement_id,
                  case when t.level = 'DEPARTEMENT' then t.id else t.departement_id end) as departement_id,
         coalesce(site.region_id, s.region_id,
                  case when t.level = 'REGION' then t.id else t.region_id end) as region_id
    from improvement.${sql.id(table)} f
    left join directory.structure s on s.id = f.structure_id
    left join directory.site site on site.id = f.site_id
    left join directory.territory t on t.id = f.territory_id`;
