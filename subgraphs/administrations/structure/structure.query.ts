import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type InScope, type Slice, type Sorted, type SortOrder, scopesOf, slices, text } from '../keyset.ts';
import { holdsWords } from '../search.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { standsIn } from '../within.ts';
import type { Structure, StructureCriteria, StructureLink, StructureOrder } from './structure.ts';

type Database = Kysely<AdministrationsDatabase>;

/** The columns of a `Structure`, from `directory.structure structure`. */
const columns = sql`structure.id, structure.code, structure.name, structure.description,
  structure.network_id as "networkId", structure.typology_id as "typologyId", structure.parent_id as "parentId",
  structure.level, structure.commune_id as "communeId", structure.departement_id as "departementId",
  structure.region_id as "regionId", structure.postal_code as "postalCode", structure.city,
  structure.commune_match as "communeMatch", structure.valid_from as "validFrom",
  structure.valid_to as "validTo", structure.import_id as "importId", structure.import_row as "importRow"`;

const nameKey = sql`directory.label_key(structure.name)`;
const ORDERS: Record<StructureOrder, SortOrder> = {
  NAME_ASC: { columns: [text(nameKey), text(sql`structure.id`)] },
  CODE_ASC: { columns: [text(sql`structure.code collate "C"`), text(sql`structure.id`)] },
};

/** Those of the ids that exist, closed structures included, in any order. */
export async function structuresById(db: Database, ids: readonly string[]): Promise<Structure[]> {
  const { rows } = await sql<Structure>`
    select ${columns} from directory.structure structure where structure.id = any(${ids})`.execute(db);
  return rows;
}

/** A slice of the structures of each network (or of all networks together, under the key `*`). */
export async function listStructures(
  db: Database,
  networks: readonly string[] | null,
  criteria: StructureCriteria,
  slice: Slice,
): Promise<(Structure & Sorted & InScope)[]> {
  const inScope = networks ? sql`structure.network_id = scope.id` : sql`true`;
  const { rows } = await slices<Structure>({
    scopes: scopesOf(networks ?? ['*']),
    columns,
    rows: sql`directory.structure structure where ${inScope} and ${matches(criteria)}`,
    by: ORDERS[criteria.order],
    slice,
  }).execute(db);
  return rows;
}

/** How many structures each network has that match; key `*` for all networks together. */
export async function countStructures(
  db: Database,
  networks: readonly string[] | null,
  criteria: StructureCriteria,
): Promise<{ id: string; count: number }[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select ${networks ? sql`structure.network_id` : sql`'*'`} as id, count(*)::int as count
    from directory.structure structure
    where ${networks ? sql`structure.network_id = any(${networks})` : sql`true`} and ${matches(criteria)}
    group by 1`.execute(db);
  return rows;
}

/** What a structure must satisfy, for `directory.structure structure`. */
export function matches(criteria: Omit<StructureCriteria, 'order'>): RawBuilder<boolean> {
  const { typology, level, parent, rootsOnly, within, search, includeClosed } = criteria;
  return sql.join(
    [
      includeClosed ? sql`true` : sql`structure.valid_to is null`,
      typology === null ? sql`true` : sql`structure.typology_id = ${typology}`,
      level === null ? sql`true` : sql`structure.level = ${level}`,
      parent === null ? sql`true` : sql`structure.parent_id = ${parent}`,
      rootsOnly ? sql`structure.parent_id is null` : sql`true`,
      within === null ? sql`true` : standsIn('structure', within),
      search === null ? sql`true` : holdsWords(nameKey, search),
    ],
    sql` and `,
  );
}

/** Current children of each structure, by name. */
export async function childStructures(db: Database, parents: readonly string[]): Promise<Structure[]> {
  const { rows } = await sql<Structure>`
    select ${columns} from directory.structure structure
    where structure.parent_id = any(${parents}) and structure.valid_to is null
    order by structure.parent_id, ${nameKey}, structure.id`.execute(db);
  return rows;
}

/** Parent, grandparent… of each structure, nearest first; a tree that bites its tail stops there. */
export async function structureAncestors(
  db: Database,
  ids: readonly string[],
): Promise<(Structure & { ofId: string })[]> {
  const { rows } = await sql<Structure & { ofId: string }>`
    with recursive climb as (
      select child.id as of_id, child.parent_id, 1 as distance
      from directory.structure child where child.id = any(${ids})
      union all
      select climb.of_id, parent.parent_id, climb.distance + 1
      from climb join directory.structure parent on parent.id = climb.parent_id
      where parent.id <> climb.of_id and climb.distance < 20
    )
    select climb.of_id as "ofId", ${columns}
    from climb join directory.structure structure on structure.id = climb.parent_id
    where climb.parent_id <> climb.of_id
    order by climb.of_id, climb.distance`.execute(db);
  return rows;
}

/** The current structures of each site, surest link first. */
export async function structuresOfSites(db: Database, sites: readonly string[]): Promise<StructureLink[]> {
  const { rows } = await sql<StructureLink>`
    select ${columns}, link.site_id as "siteId", link.method, link.confidence, link.valid_from as "linkedFrom"
    from directory.structure_site link join directory.structure structure on structure.id = link.structure_id
    where link.site_id = any(${sites}) and link.valid_to is null and structure.valid_to is null
    order by link.site_id, array_position(array['CERTAIN', 'PROBABLE', 'POSSIBLE'], link.confidence), structure.id`.execute(
    db,
  );
  return rows;
}
