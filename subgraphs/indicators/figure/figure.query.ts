import { type Kysely, sql } from 'kysely';
import type { PeriodGrain } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow } from './figure.row.ts';

/** One figure of a territory, exactly: definitions are never mixed. */
export interface FigureKey {
  network: string;
  indicator: string;
  version: number;
  grain: PeriodGrain;
  start: string;
  territory: string;
}

/** The figures that exist among `keys`, in one statement whatever their number. */
export async function figuresAt(
  db: Kysely<IndicatorsTables>,
  keys: readonly FigureKey[],
): Promise<FigureRow[]> {
  const { rows } = await sql<FigureRow>`
    select ${FIGURE_COLUMNS}
      from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
             ${keys.map((key) => key.version)}::integer[], ${keys.map((key) => key.grain)}::text[],
             ${keys.map((key) => key.start)}::date[], ${keys.map((key) => key.territory)}::text[])
             as k (network_id, indicator_id, version, grain, start, territory_id)
      join indicators.figure f
        on f.network_id = k.network_id and f.indicator_id = k.indicator_id and f.territory_id = k.territory_id
       and f.period_start = k.start and f.period_grain = k.grain and f.definition_version = k.version
       and f.typology_id = ''`.execute(db);
  return rows;
}

/** A figure of a territory by its network and indicator: of one period, or the latest when both are null. */
export interface LatestKey {
  network: string;
  indicator: string;
  territory: string;
  grain: PeriodGrain | null;
  start: string | null;
}

export type LatestRow = FigureRow & { asked_start: string | null; asked_grain: string | null };

/**
 * The latest figure of each key. Of two periods that end on the same day the longer one is taken, of two
 * definitions the newer one.
 */
export async function latestFigures(
  db: Kysely<IndicatorsTables>,
  keys: readonly LatestKey[],
): Promise<LatestRow[]> {
  const { rows } = await sql<LatestRow>`
    select ${FIGURE_COLUMNS}, k.start as asked_start, k.grain as asked_grain
      from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
             ${keys.map((key) => key.territory)}::text[], ${keys.map((key) => key.grain)}::text[],
             ${keys.map((key) => key.start)}::date[])
             as k (network_id, indicator_id, territory_id, grain, start)
      cross join lateral (
        select f.* from indicators.figure f
         where f.territory_id = k.territory_id and f.network_id = k.network_id
           and f.indicator_id = k.indicator_id and f.typology_id = ''
           and (k.start is null or (f.period_start = k.start and f.period_grain = k.grain))
         order by f.period_end desc, f.period_start, f.definition_version desc limit 1) f`.execute(db);
  return rows;
}
