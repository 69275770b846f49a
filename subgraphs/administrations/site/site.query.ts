import { type Kysely, type RawBuilder, sql } from 'kysely';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import { prepared } from '../../../kernel/postgres/prepared.ts';
import { numeric, type SortOrder, text } from '../keyset.ts';
import { holdsWords } from '../search.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { standsIn } from '../within.ts';
import type { Site, SiteCriteria } from './site.ts';

type Database = Kysely<AdministrationsDatabase>;

/** The columns of a `Site`, from `directory.site site`. */
export const siteColumns = sql`site.id, site.name, site.pivot, site.pivots, site.network_id as "networkId",
  site.source_commune_code as "sourceCommuneCode", site.commune_id as "communeId",
  site.departement_id as "departementId", site.region_id as "regionId", site.latitude, site.longitude,
  site.valid_from as "validFrom", site.valid_to as "validTo"`;

/** Orders of a list without distances; names repeat, ids do not. */
export const nameOrder = (descending: boolean): SortOrder => ({
  columns: [text(sql`site.name_key`), text(sql`site.id`)],
  descending,
});

/** The order of a list with distances. */
export const distanceOrder = (km: RawBuilder<unknown>): SortOrder => ({
  columns: [numeric(km), text(sql`site.id`)],
});

/** What a site must satisfy, for `directory.site site`. */
export function matches(criteria: SiteCriteria): RawBuilder<boolean> {
  const { networks, pivots, structures, search, accessible, includeClosed, within } = criteria;
  const conditions = [includeClosed ? sql`true` : sql`site.valid_to is null`];
  if (networks !== null) conditions.push(isOneOf(sql`site.network_id`, networks));
  if (pivots !== null) conditions.push(sql`site.pivots && ${pivots}::text[]`);
  if (structures !== null) conditions.push(belongsTo(structures));
  if (search !== null) conditions.push(holdsWords(sql`site.name_key`, search));
  if (accessible !== null) conditions.push(isAccessible(accessible));
  if (within !== null) conditions.push(standsIn('site', within));
  return sql.join(conditions, sql` and `);
}

/** An index ordered by distance takes one value, not a list of one. */
const isOneOf = (column: RawBuilder<unknown>, values: readonly string[]) =>
  values.length === 1 ? sql`${column} = ${values[0]}` : sql`${column} = any(${values})`;

/** Sites of the structures or of any structure below them. */
const belongsTo = (structures: readonly string[]) => sql`site.id in (
  with recursive subtree as (
    select id from directory.structure where id = any(${structures})
    union
    select child.id from directory.structure child join subtree on child.parent_id = subtree.id
  )
  select link.site_id from directory.structure_site link join subtree on subtree.id = link.structure_id
  where link.valid_to is null)`;

const isAccessible = (accessible: boolean) => sql`exists (
  select 1 from administrations.site_detail detail
  where detail.site_id = site.id and (detail.accessibility = 'ACCESSIBLE') = ${accessible})`;

/**
 * Sites by id, closed ones included; an alias (an id of an older vintage of the directory) leads to its site.
 * `asked` is the id that was looked for.
 */
export const sitesById = (
  db: Database,
  ids: readonly string[],
): Promise<readonly (Site & { asked: string })[]> => SITES_BY_ID(db, { ids });

const SITES_BY_ID = prepared<{ ids: readonly string[] }, Site & { asked: string }>(
  ({ ids }) => sql`
    select asked.id as asked, ${siteColumns} from ${rowsOfKeys(ids)} as asked (id)
    join directory.site site on site.id = asked.id
    union all
    select asked.id, ${siteColumns} from ${rowsOfKeys(ids)} as asked (id)
    join directory.site_alias alias on alias.alias = asked.id
    join directory.site site on site.id = alias.site_id
    where not exists (select 1 from directory.site itself where itself.id = asked.id)`,
);

/** Current sites of each structure, surest link first, then by name. */
export async function sitesOfStructures(
  db: Database,
  structures: readonly string[],
): Promise<(Site & { structureId: string })[]> {
  const { rows } = await sql<Site & { structureId: string }>`
    select link.structure_id as "structureId", ${siteColumns}
    from directory.structure_site link join directory.site site on site.id = link.site_id
    where link.structure_id = any(${structures}) and link.valid_to is null and site.valid_to is null
    order by link.structure_id, array_position(array['CERTAIN', 'PROBABLE', 'POSSIBLE'], link.confidence),
      site.name_key, site.id`.execute(db);
  return rows;
}
