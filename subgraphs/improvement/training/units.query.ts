import { type Kysely, sql } from 'kysely';
import type { ImprovementDatabase } from '../tables.ts';
import type { CoverageArguments, Trained } from './coverage.query.ts';
import { askedPlaces, finestCounts, STRUCTURE_OF_SITE, within } from './finest.ts';

/** Units of a place that counts of one theme and period are about. */
export interface Units extends Pick<Trained, 'parent' | 'theme' | 'period'> {
  /** Units that one of these counts is about, in whole or in part. */
  counted: number;
  units: number;
}

/**
 * How many units of each place the counts are about. Units are what each network publishes at: its open sites, or
 * its structures of that level.
 */
export async function countedUnits(
  db: Kysely<ImprovementDatabase>,
  { kind, scope }: Pick<CoverageArguments, 'kind' | 'scope'>,
  groups: readonly Pick<Trained, 'parent' | 'theme' | 'period'>[],
): Promise<Units[]> {
  const themes = groups.map(({ theme }): string => theme);
  const periods = groups.map(({ period }) => period);
  const asked = sql`
    (f.theme, f.period) in (select t, p from unnest(${themes}::text[], ${periods}::text[]) as g(t, p))`;
  const parents = groups.map(({ parent }) => parent);
  // The units of other networks are many, and none of them is in the place.
  const ofNetwork = kind === 'NETWORK' ? sql`and s.network_id in (select a.parent from asked a)` : sql``;
  const { rows } = await sql<Units>`
    with recursive ${finestCounts(asked)}, ${askedPlaces(kind, [...new Set(parents)])}, counted(theme, period, id) as (
      -- What the counts are about: networks, sites, structures and those below them…
      select f.theme, f.period, f.unit from finest f
      union
      select c.theme, c.period, s.id from counted c join directory.structure s on s.parent_id = c.id
    ), touched as (
      -- …and structures of which they are about a part.
      select * from counted
      union
      select a.theme, a.period, a.id from above a
       where (a.theme, a.period, a.unit) in (select f.theme, f.period, f.unit from finest f)
    ), unit as materialized (
      select s.id, s.network_id, o.structure_id, s.id as site_id, s.commune_id, s.departement_id, s.region_id
        from directory.site s join directory.network n on n.id = s.network_id
        left join ${STRUCTURE_OF_SITE} o on o.site_id = s.id
       where n.finest_level = 'SITE' and s.valid_to is null ${ofNetwork}
      union all
      select s.id, s.network_id, s.id, null, s.commune_id, s.departement_id, s.region_id
        from directory.structure s join directory.network n on n.id = s.network_id
       where n.finest_level <> 'SITE' and s.level = n.finest_level and s.valid_to is null ${ofNetwork}
    ), placed as materialized (
      select asked.parent, u.id, u.structure_id, u.network_id
        from asked cross join lateral (select * from unit u where ${within('u', kind, scope)}) u
    )
    select g.parent, g.theme, g.period, count(u.id)::int as units, count(*) filter (where
        (g.theme, g.period, u.id) in (select theme, period, id from touched)
        or (g.theme, g.period, u.structure_id) in (select theme, period, id from counted)
        or (g.theme, g.period, u.network_id) in (select theme, period, id from counted))::int as counted
      from unnest(${parents}::text[], ${themes}::text[], ${periods}::text[]) as g(parent, theme, period)
      left join placed u on u.parent = g.parent
     group by 1, 2, 3`.execute(db);
  return rows;
}
