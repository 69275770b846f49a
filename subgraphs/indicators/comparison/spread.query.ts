import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Decimal } from '../../../kernel/decimal.ts';
import type { PeriodGrain } from '../../../kernel/period.ts';
import { type FigureRow, RESULT_COLUMNS, STATISTIC_COLUMNS } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';
import type { GroupKey } from './group.ts';

/** A group, and the value to place in it. */
export interface SpreadKey extends GroupKey {
  value: Decimal | null;
}

/** Where a value stands among the units of a network nationwide. */
export interface SpreadRow {
  network_id: string;
  indicator_id: string;
  version: number;
  grain: PeriodGrain;
  start: string;
  value: Decimal | null;
  /** Units that have a value; null when the hub knows none. */
  units: number | null;
  /** Units whose value is at most this one, and below it; null when no unit has this value. */
  units_up_to: number | null;
  units_below: number | null;
  median: Decimal | null;
  published_median: Decimal | null;
  /** The source published extremes of its own: then the hub does not know every unit. */
  has_published_extremes: boolean;
  /** The units are territories: the network publishes nothing finer. */
  of_territories: boolean | null;
}

/** The groups of keys, as arguments of `unnest`. */
export const groups = (keys: readonly GroupKey[]): RawBuilder<unknown> => sql`
  ${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
  ${keys.map((key) => key.version)}::integer[], ${keys.map((key) => key.grain)}::text[],
  ${keys.map((key) => key.start)}::date[]`;

/** The row of the group `k` in the table whose alias is `row`. */
export const inGroup = (row: string): RawBuilder<boolean> => sql`
  ${sql.ref(`${row}.network_id`)} = k.network_id and ${sql.ref(`${row}.indicator_id`)} = k.indicator_id
  and ${sql.ref(`${row}.period_start`)} = k.start and ${sql.ref(`${row}.period_grain`)} = k.grain
  and ${sql.ref(`${row}.definition_version`)} = k.version`;

/** Places values in the spreads of their groups, in one statement. */
export async function spreadsOf(
  db: Kysely<IndicatorsTables>,
  keys: readonly SpreadKey[],
): Promise<SpreadRow[]> {
  const { rows } = await sql<SpreadRow>`
    select k.network_id, k.indicator_id, k.version, k.grain, k.start, k.value, s.units, s.median,
           case when s.values_ascending[b.bucket] = k.value then s.units_up_to[b.bucket] end as units_up_to,
           case when s.values_ascending[b.bucket] = k.value
                then coalesce(s.units_up_to[b.bucket - 1], 0) end as units_below,
           m.value as published_median,
           exists (select from indicators.published_statistic p
                    where ${inGroup('p')} and p.statistic <> 'MEDIAN') as has_published_extremes,
           s.lowest_subject_id !~ '^(STR|SITE)-' as of_territories
      from unnest(${groups(keys)}, ${keys.map((key) => key.value)}::numeric[])
             as k (network_id, indicator_id, version, grain, start, value)
      left join indicators.spread s on ${inGroup('s')}
      left join lateral (select width_bucket(k.value, s.values_ascending) as bucket) b on true
      left join indicators.published_statistic m on ${inGroup('m')} and m.statistic = 'MEDIAN'`.execute(db);
  return rows;
}

/** A lowest or highest value of a group. */
export interface ExtremeRow extends FigureRow {
  extreme: 'LOWEST' | 'HIGHEST';
}

/**
 * Lowest and highest values of groups, in one statement: what the source published of them, else the results
 * of the units that have them.
 */
export async function extremesOf(
  db: Kysely<IndicatorsTables>,
  keys: readonly GroupKey[],
): Promise<ExtremeRow[]> {
  const { rows } = await sql<ExtremeRow>`
    with k as (
      select * from unnest(${groups(keys)}) as k (network_id, indicator_id, version, grain, start))
    select p.statistic as extreme, ${STATISTIC_COLUMNS}
      from k
      join indicators.published_statistic p on ${inGroup('p')} and p.statistic <> 'MEDIAN'
    union all
    select e.extreme, ${RESULT_COLUMNS}
      from k
      join indicators.spread s on ${inGroup('s')}
      cross join lateral (values ('LOWEST', s.lowest_subject_id), ('HIGHEST', s.highest_subject_id))
        e (extreme, subject_id)
      join indicators.published_result r on ${inGroup('r')} and r.subject_id = e.subject_id
     where not exists (
       select from indicators.published_statistic p where ${inGroup('p')} and p.statistic = e.extreme)`.execute(
    db,
  );
  return rows;
}
