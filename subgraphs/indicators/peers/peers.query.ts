import { type Kysely, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { Density } from '../../../kernel/surroundings.ts';
import type { GroupKey } from '../comparison/group.ts';
import { groups, inGroup } from '../comparison/spread.query.ts';
import type { IndicatorsTables } from '../tables.ts';
import { joinSurroundings } from './place.ts';
import type { Volume } from './tables.ts';

/** A unit that is shown, with what it is placed by. */
export interface PeerKey extends GroupKey {
  subject: string;
  value: Decimal;
  respondents: number | null;
  denominator: Decimal | null;
}

/** Where a unit stands among its peers. */
export interface PeerRow {
  network_id: string;
  indicator_id: string;
  version: number;
  grain: string;
  start: string;
  subject: string;
  /** Class of the unit; null where its place or its volume is not known. */
  density: Density | null;
  volume: Volume | null;
  /** Whether the peers share these. */
  same_density: boolean;
  same_volume: boolean;
  units: number;
  /** Units whose value is at most that of the unit, and below it; null when no unit has it. */
  units_up_to: number | null;
  units_below: number | null;
  median: Decimal;
  lowest: Decimal;
  highest: Decimal;
  /** The source published extremes of its own: then the hub does not know every unit. */
  has_published_extremes: boolean;
}

/**
 * Places units among their peers, in one statement: those of the same density and volume; where these are too few,
 * those of the same density, then all of the network. What is not known of a unit is not asked of its peers.
 */
export async function peersOf(db: Kysely<IndicatorsTables>, keys: readonly PeerKey[]): Promise<PeerRow[]> {
  const { rows } = await sql<PeerRow>`
    with k as (
      select k.*, around.density, v.volume
        from unnest(${groups(keys)}, ${keys.map((key) => key.subject)}::text[],
               ${keys.map((key) => key.value)}::numeric[], ${keys.map((key) => key.respondents)}::numeric[],
               ${keys.map((key) => key.denominator)}::numeric[])
               as k (network_id, indicator_id, version, grain, start, subject, value, respondents, denominator)
        ${joinSurroundings('k.subject')}
        left join indicators.peer_group w on ${inGroup('w')} and w.density = '' and w.volume = ''
        cross join lateral (
          select case w.volume_of when 'RESPONDENTS' then k.respondents when 'DENOMINATOR' then k.denominator end as amount) a
        cross join lateral (
          select case when a.amount is null then null when a.amount >= w.large_from then 'LARGE'
                      when a.amount >= w.medium_from then 'MEDIUM' else 'SMALL' end as volume) v
    )
    select distinct on (k.network_id, k.indicator_id, k.version, k.grain, k.start, k.subject)
           k.network_id, k.indicator_id, k.version, k.grain, k.start, k.subject, k.density, k.volume,
           g.density <> '' as same_density, g.volume <> '' as same_volume, g.units, g.median,
           g.values_ascending[1] as lowest, g.values_ascending[cardinality(g.values_ascending)] as highest,
           case when g.values_ascending[b.bucket] = k.value then g.units_up_to[b.bucket] end as units_up_to,
           case when g.values_ascending[b.bucket] = k.value
                then coalesce(g.units_up_to[b.bucket - 1], 0) end as units_below,
           exists (select from indicators.published_statistic p
                    where ${inGroup('p')} and p.statistic <> 'MEDIAN') as has_published_extremes
      from k
      join indicators.peer_group g
        on ${inGroup('g')} and (g.density = '' or g.density = k.density) and (g.volume = '' or g.volume = k.volume)
       -- The volume is the first to be given up.
       and not (g.density = '' and g.volume <> '' and k.density is not null)
      cross join lateral (select width_bucket(k.value, g.values_ascending) as bucket) b
     order by k.network_id, k.indicator_id, k.version, k.grain, k.start, k.subject,
              g.density = '', g.volume = ''`.execute(db);
  return rows;
}
