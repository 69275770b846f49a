import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isAfter, type Slice, type Sorted, sortBy, sortKey } from '../keyset.ts';
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
  const asked = sql`unnest(${keys}::text[]) as asked (id)`;
  if (scope !== 'COMMUNE') return sql`(select asked.id from ${asked}) scope`;
  return sql`(
    select asked.id, case when commune.is_current then null else commune.code end as former_code,
      array_append(array(
        select part.id from directory.territory part where part.parent_id = commune.id and part.is_arrondissement
      ), case when commune.is_current then commune.id else commune.merged_into end) as communes
    from ${asked} join directory.territory commune on commune.id = asked.id) scope`;
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
  { after, limit }: Slice,
): Promise<(Site & Sorted & { scope: string })[]> {
  const by = nameOrder(descending);
  const { rows } = await sql<Site & Sorted & { scope: string }>`
    select scope.id as scope, listed.* from ${scopes(scope, keys)}
    cross join lateral (
      select ${siteColumns}, ${sortKey(by)} as "sortKey", row_number() over (order by ${sortBy(by)}) as position
      from directory.site site
      where ${IN_SCOPE[scope]} and ${matches(criteria)} and ${isAfter(by, after)}
      order by ${sortBy(by)} limit ${limit}
    ) listed
    order by scope.id, listed.position`.execute(db);
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
