import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import type { DirectoryChange, WordingChange } from './changes.ts';

type Database = Kysely<AdministrationsDatabase>;

/** Which changes: from a moment on, of these entities (names of the journal). */
export interface ChangesAsked {
  /** ISO moment. */
  since: string;
  /** How much earlier the list begins, as PostgreSQL writes an interval. */
  overlap: string;
  entities: readonly string[];
}

/** The row after which a page begins. */
export interface DirectoryPosition {
  publication: string;
  entity: string;
  entityId: string;
}

/** Publications of the journal since a moment; `source_id` is the import that each made, or undid. */
const publications = ({ since, overlap }: ChangesAsked) => sql`
  select i.publication, i.finished_at as at, i.kind, coalesce(undone.id, i.id) as source_id
  from administrations.import i
  left join administrations.import undone on undone.rolled_back_by = i.id
  where i.publication is not null and i.finished_at > ${since}::timestamptz - ${overlap}::interval`;

/** Which object a row of the journal belongs to: its key begins or ends with the id. */
const OBJECT_ID = sql`
  case row.entity
    when 'competence' then split_part(row.entity_id, '|', 3)
    else split_part(row.entity_id, '|', 1)
  end`;

/** Whether the object of a row is there today. */
const isThere = (entity: RawBuilder<unknown>, id: RawBuilder<unknown>) => sql`
  case
    when ${entity} in ('site', 'site_detail', 'site_contact', 'competence')
      then exists (select from directory.site where id = ${id} and valid_to is null)
    when ${entity} in ('structure', 'structure_site')
      then exists (select from directory.structure where id = ${id} and valid_to is null)
    when ${entity} in ('network', 'commitment_display')
      then exists (select from directory.network where id = ${id} and valid_to is null)
    when ${entity} = 'territory' then exists (select from directory.territory where id = ${id} and is_current)
    else exists (select from administrations.procedure where id = ${id})
  end`;

/**
 * A slice of what publications created or changed, in the order of their numbers, and of the keys within each.
 * Numbers are given under the publication lock, which is held until the commit: nothing ever appears before a row
 * that a reader has seen. Each publication is read from its position on, never whole.
 */
export async function directoryChanges(
  db: Database,
  asked: ChangesAsked,
  after: DirectoryPosition | null,
  limit: number,
): Promise<DirectoryChange[]> {
  const from = after === null ? sql`true` : sql`published.publication >= ${after.publication}::bigint`;
  const rest =
    after === null
      ? sql`true`
      : sql`(published.publication > ${after.publication}::bigint
          or (touched.entity, touched.entity_id) > (${after.entity}, ${after.entityId}))`;
  const { rows } = await sql<DirectoryChange>`
    with slice as (
      select published.publication, published.at, published.kind, row.*
      from (select * from (${publications(asked)}) published where ${from} order by publication) published
      cross join lateral (
        select touched.entity, touched.entity_id, touched.is_new
        from administrations.imported_change touched
        where touched.import_id = published.source_id and touched.entity = any(${[...asked.entities]}::text[])
          and ${rest}
        order by touched.entity, touched.entity_id limit ${limit}
      ) row
      order by published.publication, row.entity, row.entity_id limit ${limit}
    )
    select row.publication, row.entity, row.entity_id as "entityId", object.id as "objectId", row.at,
      case
        when not ${isThere(sql`row.entity`, sql`object.id`)} then 'CLOSED'
        when row.kind = 'IMPORT' and row.is_new and row.entity in ('site', 'structure', 'network', 'territory', 'procedure')
          then 'CREATED'
        else 'CHANGED'
      end as kind
    from slice row cross join lateral (select ${OBJECT_ID} as id) object
    order by row.publication, row.entity, row.entity_id`.execute(db);
  return rows;
}

/** How many there are in all. */
export async function countDirectoryChanges(db: Database, asked: ChangesAsked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (${publications(asked)}) published
    join administrations.imported_change touched on touched.import_id = published.source_id
    where touched.entity = any(${[...asked.entities]}::text[])`.execute(db);
  return rows[0]?.count ?? 0;
}

const wordingsSince = ({ since, overlap }: ChangesAsked) => sql`
  administrations.wording_change where at > ${since}::timestamptz - ${overlap}::interval`;

/** A slice of the changes of wordings, in the order of their numbers: given under a lock too. */
export async function wordingChanges(
  db: Database,
  asked: ChangesAsked,
  after: string | null,
  limit: number,
): Promise<WordingChange[]> {
  const { rows } = await sql<WordingChange>`
    select number, network_id as "networkId", commitment_id as "commitmentId", kind, version, at
    from ${wordingsSince(asked)} and number > ${after ?? '0'}::bigint order by number limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** How many there are in all. */
export async function countWordingChanges(db: Database, asked: ChangesAsked): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${wordingsSince(asked)}`.execute(db);
  return rows[0]?.count ?? 0;
}
