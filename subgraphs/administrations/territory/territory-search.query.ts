import { type Kysely, type RawBuilder, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import {
  isAfter,
  numeric,
  type Slice,
  type Sorted,
  type SortOrder,
  sortBy,
  sortKey,
  text,
} from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { territoryColumns, territoryOrders } from './territory.query.ts';
import type { Territory, TerritorySearch } from './territory.ts';

type Database = Kysely<AdministrationsDatabase>;

/** Best match first; the name, then the id, between equals. */
const BY_RANK: SortOrder = {
  columns: [numeric(sql`found.rank`), text(sql`t.name_key`), text(sql`t.id`)],
};

/** A slice of the territories that match, best first when something is searched, else in the order asked. */
export async function searchTerritories(
  db: Database,
  criteria: TerritorySearch,
  { after, limit }: Slice,
): Promise<(Territory & Sorted)[]> {
  const by =
    criteria.search !== null && criteria.order === null
      ? BY_RANK
      : territoryOrders[criteria.order ?? 'NAME_ASC'];
  const { rows } = await sql<Territory & Sorted>`
    select ${territoryColumns}, ${sortKey(by)} as "sortKey"
    from ${matching(criteria)} and ${isAfter(by, after)}
    order by ${sortBy(by)} limit ${limit}`.execute(db);
  return rows;
}

/** How many territories match. */
export async function countTerritories(db: Database, criteria: TerritorySearch): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${matching(criteria)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The `from … where …` of the territories `t` that match, with `found.rank` where something is searched. */
function matching(criteria: TerritorySearch): RawBuilder<unknown> {
  const { search, level, postalCode, parent, includeMerged } = criteria;
  const conditions = [
    includeMerged ? sql`true` : sql`t.is_current`,
    level === null ? sql`true` : sql`t.level = ${level}`,
    postalCode === null ? sql`true` : sql`t.postal_codes @> array[${postalCode}]::text[]`,
    parent === null ? sql`true` : below(parent, level !== null),
  ];
  const found = search === null ? sql`` : sql`join ${ranked(search, includeMerged)} found on found.id = t.id`;
  return sql`directory.territory t ${found} where ${sql.join(conditions, sql` and `)}`;
}

/** Direct children; with a level, everything of that level inside, however deep. */
function below(parent: string, deep: boolean): RawBuilder<boolean> {
  if (!deep) return sql`t.parent_id = ${parent}`;
  return sql`(t.id <> ${parent} and (${parent} = ${NATION} or t.parent_id = ${parent}
    or t.departement_id = ${parent} or t.region_id = ${parent}))`;
}

/**
 * (id, rank): 0 the same name, code or postal code; 1 names that begin so; 2 names with a word that begins so;
 * 3 to 4 names that look alike, by trigrams. A merged commune leads to the one that holds it, so that former
 * names and codes find what exists today.
 */
function ranked(search: string, includeMerged: boolean): RawBuilder<unknown> {
  const target = includeMerged ? sql`t.id` : sql`coalesce(t.merged_into, t.id)`;
  return sql`(
    select ${target} as id, min(case
      when t.name_key = wanted.name or t.id = any(wanted.ids) or t.postal_codes @> array[wanted.code] then 0
      when starts_with(t.name_key, wanted.name) then 1
      when t.name_key like '% ' || wanted.name || '%' then 2
      else 4 - round(similarity(t.name_key, wanted.name)::numeric, 4) end) as rank
    from (
      select name, code, array['COM-' || code, 'DEP-' || code, 'REG-' || code, code] as ids
      from (select directory.label_key(${search}::text) as name, upper(trim(${search}::text)) as code) asked
    ) wanted
    join directory.territory t
      on wanted.name <> '' and (t.name_key like wanted.name || '%' or t.name_key like '% ' || wanted.name || '%'
        or t.name_key % wanted.name)
      or t.id = any(wanted.ids) or t.postal_codes @> array[wanted.code]
    group by 1)`;
}
