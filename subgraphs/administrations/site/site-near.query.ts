import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type InScope, isAfter, type Slice, type Sorted, slices } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { isRoughlyWithin, kilometres } from './geo.ts';
import { distanceOrder, matches, siteColumns } from './site.query.ts';
import type { Position, Site, SiteCriteria } from './site.ts';

type Database = Kysely<AdministrationsDatabase>;
type Near = Site & { distanceKm: string };

const origin = { latitude: sql.ref('scope.latitude'), longitude: sql.ref('scope.longitude') };
const position = { latitude: sql.ref('site.latitude'), longitude: sql.ref('site.longitude') };
const km = kilometres(origin, position);

/** `scope (id, latitude, longitude)`, one row per position. */
const origins = (positions: readonly Position[]) => sql`unnest(
    ${positions.map(({ key }) => key)}::text[],
    ${positions.map(({ latitude }) => latitude)}::double precision[],
    ${positions.map(({ longitude }) => longitude)}::double precision[]) as scope (id, latitude, longitude)`;

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
  slice: Slice,
): Promise<(Near & Sorted & InScope)[]> {
  const by = distanceOrder(km);
  const wanted = sql`${matches(criteria)} and site.latitude is not null`;
  const reach = sql`${radiusKm ?? HALF_THE_GLOBE_KM}::double precision`;
  const bound = sql`
    select case when count(*) < ${slice.limit} then ${reach}
      else least(${reach}, max(first.km)::double precision) end as km
    from (
      select ${km} as km from directory.site site where ${wanted} and ${isAfter(by, slice.after)}
      order by point(site.longitude, site.latitude) <-> point(scope.longitude, scope.latitude)
      limit ${slice.limit}
    ) first`;
  const { rows } = await slices<Near>({
    scopes: sql`${origins(positions)} cross join lateral (${bound}) bound`,
    columns: sql`${siteColumns}, ${km} as "distanceKm"`,
    rows: sql`directory.site site where ${wanted} and ${within(sql`bound.km`)}`,
    by,
    slice,
  }).execute(db);
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
    select scope.id, counted.count from ${origins(positions)}
    cross join lateral (
      select count(*)::int as count from directory.site site
      where ${matches(criteria)} and site.latitude is not null
        and ${radiusKm === null ? sql`true` : within(sql`${radiusKm}::double precision`)}
    ) counted`.execute(db);
  return rows;
}
