import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type InScope, type Slice, type Sorted, scopesOf, slices } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { matches, nameOrder, siteColumns } from './site.query.ts';
import type { Site, SiteCriteria } from './site.ts';

type Database = Kysely<AdministrationsDatabase>;

/** What the keys of a batch are: networks, territories of one level, or the single key `*` for every site. */
export type SiteScope = 'ALL' | 'NETWORK' | 'NATIONAL' | 'REGION' | 'DEPARTEMENT' | 'COMMUNE';

export interface SiteListing {
  scope: SiteScope;
  criteria: SiteCriteria;
  descending: boolean;
}

/**
 * `scope (id, communes, former_code)`. A commune holds its arrondissements; a merged commune stands for the
 * sites that were published under its code in the commune that holds it now.
 */
function scopes(scope: SiteScope, keys: readonly string[]): RawBuilder<unknown> {
  if (scope !== 'COMMUNE') return scopesOf(keys);
  return sql`(
    select asked.id, case when commune.is_current then null else commune.code end as former_code,
      array_append(array(
        select part.id from directory.territory part where part.parent_id = commune.id and part.is_arrondissement
      ), case when commune.is_current then commune.id else commune.merged_into end) as communes
    from unnest(${keys}::text[]) as asked (id) join directory.territory commune on commune.id = asked.id) scope`;
}

const IN_SCOPE: Record<SiteScope, RawBuilder<boolean>> = {
  ALL: sql`true`,
  NATIONAL: sql`true`,
  NETWORK: sql`site.network_id = scope.id`,
  REGION: sql`site.region_id = scope.id`,
  DEPARTEMENT: sql`site.departement_id = scope.id`,
  COMMUNE: sql`site.commune_id = any(scope.communes)
    and (scope.former_code is null or site.source_commune_code = scope.former_code)`,
};

/** A slice of the sites of each key, by name; one statement for the batch. */
export async function listSites(
  db: Database,
  { scope, criteria, descending }: SiteListing,
  keys: readonly string[],
  slice: Slice,
): Promise<(Site & Sorted & InScope)[]> {
  const { rows } = await slices<Site>({
    scopes: scopes(scope, keys),
    columns: siteColumns,
    rows: sql`directory.site site where ${IN_SCOPE[scope]} and ${matches(criteria)}`,
    by: nameOrder(descending),
    slice,
  }).execute(db);
  return rows;
}

/** How many sites each key has that match. */
export async function countSites(
  db: Database,
  { scope, criteria }: Omit<SiteListing, 'descending'>,
  keys: readonly string[],
): Promise<{ id: string; count: number }[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select scope.id, counted.count from ${scopes(scope, keys)}
    cross join lateral (
      select count(*)::int as count from directory.site site where ${IN_SCOPE[scope]} and ${matches(criteria)}
    ) counted`.execute(db);
  return rows;
}
