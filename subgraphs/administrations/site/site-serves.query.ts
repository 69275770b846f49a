import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { AdministrationsDatabase } from '../tables.ts';
import { isRoughlyWithin, kilometres } from './geo.ts';
import { matches, siteColumns } from './site.query.ts';
import type { ServiceRelation, Site, SiteCriteria } from './site.ts';

type Database = Kysely<AdministrationsDatabase>;
type Serving = Site & { scope: string } & ServiceRelation;

const center = { latitude: sql.ref('place.latitude'), longitude: sql.ref('place.longitude') };
const position = { latitude: sql.ref('site.latitude'), longitude: sql.ref('site.longitude') };
const km = kilometres(center, position);

/**
 * The communes asked: where to measure from, and whose competence counts. A merged commune is answered for the
 * one that holds it; a commune includes its arrondissements; an arrondissement falls back to its commune. A
 * commune whose centre nobody gave is measured from the mean of those around it.
 */
const places = (ids: readonly string[]) => sql`
  select asked.id as scope, commune.id,
    array_append(array(
      select part.id from directory.territory part where part.parent_id = commune.id and part.is_arrondissement
    ), commune.id) as own,
    case when commune.is_arrondissement then commune.parent_id end as fallback,
    coalesce(commune.latitude, whole.latitude, around.latitude) as latitude,
    coalesce(commune.longitude, whole.longitude, around.longitude) as longitude
  from unnest(${ids}::text[]) as asked (id)
  join directory.territory given on given.id = asked.id and given.level = 'COMMUNE'
  join directory.territory commune on commune.id = coalesce(given.merged_into, given.id)
  left join directory.territory whole on whole.id = commune.parent_id and commune.is_arrondissement
  left join lateral (
    select avg(near.latitude) as latitude, avg(near.longitude) as longitude from directory.territory near
    where commune.latitude is null and whole.latitude is null
      and near.departement_id = commune.departement_id and near.level = 'COMMUNE' and near.is_current
  ) around on true`;

/** What is looked for around each commune: networks, or pivots when the filter names nothing else. */
function services({ networks, pivots, ...rest }: SiteCriteria): {
  list: RawBuilder<unknown>;
  isIt: RawBuilder<boolean>;
  candidates: RawBuilder<boolean>;
} {
  if (networks === null && pivots !== null) {
    return {
      list: sql`select distinct key from unnest(${pivots}::text[]) as wanted (key)`,
      isIt: sql`site.pivots @> array[service.key]`,
      candidates: matches({ ...rest, networks: null, pivots: null }),
    };
  }
  const candidates = matches({ ...rest, pivots, networks: null });
  const list =
    networks === null
      ? sql`select network.id as key from directory.network network where exists (
          select 1 from directory.site site where site.network_id = network.id and ${candidates})`
      : sql`select distinct key from unnest(${networks}::text[]) as wanted (key)`;
  return { list, isIt: sql`site.network_id = service.key`, candidates };
}

/**
 * The sites that serve each commune, for every service: the competent ones where known, else the nearest to its
 * centre among those that match; a site of the commune itself whose position nobody gave comes before a site of
 * another commune. One statement for the batch; a few rows per commune and service, in no order.
 */
export async function sitesServing(
  db: Database,
  communes: readonly string[],
  criteria: SiteCriteria,
): Promise<Serving[]> {
  const { list, isIt, candidates } = services({ ...criteria, includeClosed: false });
  const isOpen = sql<boolean>`${isIt} and ${candidates}`;
  const { rows } = await sql<Serving>`
    with place as materialized (${places(communes)}),
    service as materialized (${list}),
    competence as materialized (
      select distinct on (place.scope, service.key, site.id) place.scope, service.key, site.id,
        competence.commune_id = any(place.own) as is_own
      from place cross join service
      join directory.competence competence
        on competence.commune_id = any(array_append(place.own, place.fallback))
      join directory.site site on site.id = competence.site_id and ${isOpen}
      order by place.scope, service.key, site.id, competence.commune_id = any(place.own) desc
    ),
    competent as materialized (
      select scope, key, id from competence where is_own or not exists (
        select 1 from competence own where own.scope = competence.scope and own.key = competence.key and own.is_own)
    )
    select place.scope, 'COMPETENT' as kind, ${km} as "distanceKm", ${siteColumns}
    from competent join place using (scope) join directory.site site on site.id = competent.id
    union all
    select place.scope, found.kind, found.km, ${foundColumns}
    from place cross join service
    cross join lateral (
      select ${siteColumns}, candidate.kind, candidate.km
      from (
        (select nearest.id, 'NEAREST' as kind, nearest.km, nearest.commune_id = any(place.own) as is_local
         from ${nearest(isOpen)} nearest)
        union all
        (select site.id, 'LOCATED', null, true from directory.site site
         where site.commune_id = any(place.own) and site.latitude is null and ${isOpen}
         order by site.id limit 1)
      ) candidate join directory.site site on site.id = candidate.id
      order by candidate.is_local desc, candidate.km nulls last limit 1
    ) found
    where not exists (
      select 1 from competent where competent.scope = place.scope and competent.key = service.key)`.execute(
    db,
  );
  return rows;
}

/** The columns of a `Site` under the names they already have in `found`. */
const foundColumns = sql`found.id, found.name, found.pivot, found.pivots, found."networkId",
  found."sourceCommuneCode", found."communeId", found."departementId", found."regionId", found.latitude,
  found.longitude, found."validFrom", found."validTo"`;

/**
 * The nearest site by great circle: the first one in index order (by degrees) bounds how far the nearest can
 * be, then everything within that bound is measured.
 */
const nearest = (isOpen: RawBuilder<boolean>) => sql`(
  select site.id, site.commune_id, ${km} as km
  from (
    select ${km}::double precision as km from directory.site site
    where place.latitude is not null and ${isOpen} and site.latitude is not null
    order by point(site.longitude, site.latitude) <-> point(place.longitude, place.latitude) limit 1
  ) bound
  cross join lateral (
    select site.* from directory.site site
    where ${isOpen} and ${isRoughlyWithin(position, center, sql`bound.km`)}
  ) site
  order by km, site.id limit 1)`;
