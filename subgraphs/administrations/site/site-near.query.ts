import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isAfter, type Slice, type Sorted, sortBy, sortKey } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { isRoughlyWithin, kilometres } from './geo.ts';
import { distanceOrder, matches, siteColumns } from './site.query.ts';
import type { Position, Site, SiteCriteria } from './site.ts';

type Database = Kysely<AdministrationsDatabase>;
type Near = Site & Sorted & { scope: string; distanceKm: string };

const origin = { latitude: sql.ref('origin.latitude'), longitude: sql.ref('origin.longitude') };
const position = { latitude: sql.ref('site.latitude'), longitude: sql.ref('site.longitude') };
const km = kilometres(origin, position);

/** `origin (key, latitude, longitude)`, one row per position. */
const origins = (positions: readonly Position[]) => sql`unnest(
    ${positions.map(({ key }) => key)}::text[],
    ${positions.map(({ latitude }) => latitude)}::double precision[],
    ${positions.map(({ longitude }) => longitude)}::double precision[]) as origin (key, latitude, longitude)`;

/** Sites within a radius, its end included. */
const within = (radiusKm: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql`${isRoughlyWithin(position, origin, radiusKm)} and ${km} <= ${radiusKm}`;

/**
 * A slice of the sites around each position, nearest first, one statement for the batch.
 *
 * Index order is by degrees, which a kilometre does not follow: the first candidates only bound how far the
 * slice can reach, then everything within that bound is measured. The order is exact.
 */
export async function sitesAround(
  db: Database,
  positions: readonly Position[],
  criteria: SiteCriteria,
  radiusKm: number | null,
  { after, limit }: Slice,
): Promise<Near[]> {
  const by = distanceOrder(km);
  const wanted = sql`${matches(criteria)} and site.latitude is not null and ${isAfter(by, after)}`;
  const reach = sql`${radiusKm ?? HALF_THE_GLOBE_KM}::double precision`;
  const { rows } = await sql<Near>`
    select origin.key as scope, listed.* from ${origins(positions)}
    cross join lateral (
      select case when count(*) < ${limit} then ${reach} else least(${reach}, max(first.km)::double precision) end as km
      from (
        select ${km} as km from directory.site site where ${wanted}
        order by point(site.longitude, site.latitude) <-> point(origin.longitude, origin.latitude) limit ${limit}
      ) first
    ) bound
    cross join lateral (
      select ${siteColumns}, ${km} as "distanceKm", ${sortKey(by)} as "sortKey",
        row_number() over (order by ${sortBy(by)}) as position
      from directory.site site where ${wanted} and ${within(sql`bound.km`)}
      order by ${sortBy(by)} limit ${limit}
    ) listed
    order by origin.key, listed.position`.execute(db);
  return rows;
}

/** Two points are never further apart than half the circumference. */
const HALF_THE_GLOBE_KM = 20_016;

/** How many sites stand around each position. */
export async function countSitesAround(
  db: Database,
  positions: readonly Position[],
  criteria: SiteCriteria,
  radiusKm: number | null,
): Promise<{ id: string; count: number }[]> {
  const { rows } = await sql<{ id: string; count: number }>`
    select origin.key as id, counted.count from ${origins(positions)}
    cross join lateral (
      select count(*)::int as count from directory.site site
      where ${matches(criteria)} and site.latitude is not null
        and ${radiusKm === null ? sql`true` : within(sql`${radiusKm}::double precision`)}
    ) counted`.execute(db);
  return rows;
}
