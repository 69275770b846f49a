import { type Kysely, sql } from 'kysely';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import { numeric, type Slice, type Sorted, type SortOrder, scopesOf, slices, text } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import type { Territory, TerritoryOrder } from './territory.ts';

type Database = Kysely<AdministrationsDatabase>;

/** The columns of a `Territory`, from `directory.territory t`. */
export const territoryColumns = sql`t.id, t.level, t.code, t.name, t.parent_id as "parentId", t.population,
  t.postal_codes as "postalCodes", t.latitude, t.longitude, t.center_method as "centerMethod",
  t.is_arrondissement as "isArrondissement", t.valid_from as "validFrom", t.valid_to as "validTo",
  t.merged_into as "mergedInto", t.is_current as "isCurrent", t.vintage`;

/** By name, then id: communes share names. Territories of unknown population come last. */
export const territoryOrders: Record<TerritoryOrder, SortOrder> = {
  NAME_ASC: { columns: [text(sql`t.name_key`), text(sql`t.id`)] },
  NAME_DESC: { columns: [text(sql`t.name_key`), text(sql`t.id`)], descending: true },
  CODE_ASC: { columns: [text(sql`t.code collate "C"`), text(sql`t.id`)] },
  POPULATION_DESC: { columns: [numeric(sql`-coalesce(t.population, 0)`), text(sql`t.id`)] },
};

/** Those of the ids that exist, merged communes included, in any order. */
export async function territoriesById(db: Database, ids: readonly string[]): Promise<Territory[]> {
  const { rows } = await sql<Territory>`
    select ${territoryColumns} from ${rowsOfKeys(ids)} as k (id) join directory.territory t using (id)`.execute(
    db,
  );
  return rows;
}

/** What most pages show of them. */
export type NamedTerritory = Pick<Territory, 'id' | 'level' | 'code' | 'name'>;

/** The same, by what most pages show: a map names a hundred. */
export async function territoryNames(db: Database, ids: readonly string[]): Promise<NamedTerritory[]> {
  const { rows } = await sql<NamedTerritory>`
    select t.id, t.level, t.code, t.name
      from ${rowsOfKeys(ids)} as k (id) join directory.territory t using (id)`.execute(db);
  return rows;
}

/** Parent, grandparent… up to the nation, for each territory, nearest first. */
export async function ancestorsOf(
  db: Database,
  ids: readonly string[],
): Promise<(Territory & { ofId: string })[]> {
  const { rows } = await sql<Territory & { ofId: string }>`
    with recursive climb as (
      select child.id as of_id, child.parent_id, 1 as distance
      from directory.territory child where child.id = any(${ids})
      union all
      select climb.of_id, parent.parent_id, climb.distance + 1
      from climb join directory.territory parent on parent.id = climb.parent_id
    )
    select climb.of_id as "ofId", ${territoryColumns}
    from climb join directory.territory t on t.id = climb.parent_id
    order by climb.of_id, climb.distance`.execute(db);
  return rows;
}

/** A slice of the current children of each parent, in one statement. */
export async function childrenOf(
  db: Database,
  parents: readonly string[],
  order: TerritoryOrder,
  slice: Slice,
): Promise<(Territory & Sorted)[]> {
  const { rows } = await slices<Territory>({
    scopes: scopesOf(parents),
    columns: territoryColumns,
    rows: sql`directory.territory t where t.parent_id = scope.id and t.is_current`,
    by: territoryOrders[order],
    slice,
  }).execute(db);
  return rows;
}

/** How many current children each parent has; parents without any are absent. */
export async function childCounts(
  db: Database,
  parents: readonly string[],
): Promise<{ id: string; count: number }[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select t.parent_id as id, count(*)::int as count from directory.territory t
    where t.parent_id = any(${parents}) and t.is_current group by t.parent_id`.execute(db);
  return rows;
}

/** The former communes that were merged into each territory, by code. */
export async function mergedInto(db: Database, ids: readonly string[]): Promise<Territory[]> {
  const { rows } = await sql<Territory>`
    select ${territoryColumns} from directory.territory t where t.merged_into = any(${ids})
    order by t.merged_into, t.code`.execute(db);
  return rows;
}

/**
 * The mean position of the communes of each territory, for those whose own centre is unknown; of its
 * département for a commune. Absent when none of them has a position.
 */
export async function meanCenters(
  db: Database,
  ids: readonly string[],
): Promise<{ key: string; latitude: number; longitude: number }[]> {
  const { rows } = await sql<{ key: string; latitude: number; longitude: number }>`
    select t.id as key, avg(part.latitude) as latitude, avg(part.longitude) as longitude
    from directory.territory t
    join directory.territory part on part.level = 'COMMUNE' and part.is_current and part.latitude is not null
      and (t.level = 'NATIONAL' or part.region_id = t.id
        or part.departement_id = case t.level when 'COMMUNE' then t.departement_id else t.id end)
    where t.id = any(${ids}) group by t.id`.execute(db);
  return rows;
}
