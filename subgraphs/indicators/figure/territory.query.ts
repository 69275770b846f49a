import { type Kysely, sql } from 'kysely';
import type { Period } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, unpublished } from './figure.row.ts';
import { type ChosenPeriod, chosenPeriod, periodOf } from './list-period.ts';

/** Which figures of a territory: null is every indicator, every network. */
export interface TerritoryFiguresArguments {
  indicators: readonly string[] | null;
  network: string | null;
  period: Period | null;
}

/** A figure and the territory that asked for it. */
export type TerritoryFigureRow = FigureRow & { territory: string };

type Row = FigureRow & ChosenPeriod & { territory: string; item_network: string; item_indicator: string };

/**
 * Figures of territories, one per network and indicator, in one statement. The rows of a territory share one
 * period; what was published there for other periods only stays in the list, without a value.
 */
export async function figuresOfTerritories(
  db: Kysely<IndicatorsTables>,
  { indicators, network, period }: TerritoryFiguresArguments,
  territories: readonly string[],
): Promise<TerritoryFigureRow[]> {
  const { rows } = await sql<Row>`
    with published as materialized (
      select distinct f.territory_id, f.network_id, f.indicator_id, f.period_start, f.period_grain, f.period_end
        from indicators.figure f
       where f.territory_id = any(${territories}::text[]) and f.typology_id = ''
         and (${network}::text is null or f.network_id = ${network})
         and (${indicators}::text[] is null or f.indicator_id = any(${indicators}))
    ), scope as (
      select territory_id as list, (network_id, indicator_id) as item, period_start, period_grain, period_end,
             0 as definition_version
        from published
    ), ${chosenPeriod(period)}
    select ${FIGURE_COLUMNS}, u.territory_id as territory, u.network_id as item_network,
           u.indicator_id as item_indicator, c.chosen_grain, c.chosen_start, c.chosen_version
      from (select distinct territory_id, network_id, indicator_id from published) u
      left join chosen c on c.list = u.territory_id
      left join lateral (
        select f.* from indicators.figure f
         where f.network_id = u.network_id and f.indicator_id = u.indicator_id
           and f.territory_id = u.territory_id and f.period_start = c.chosen_start
           and f.period_grain = c.chosen_grain and f.typology_id = ''
         order by f.definition_version desc limit 1) f on true
     order by u.territory_id, u.network_id, u.indicator_id`.execute(db);
  return rows.map((row) => rowOf(row, periodOf(row, period))).filter((row) => row !== null);
}

function rowOf(row: Row, period: Period | null): TerritoryFigureRow | null {
  if (row.subject_id !== null) return row;
  if (period === null) return null;
  const nothing = unpublished({
    network_id: row.item_network,
    indicator_id: row.item_indicator,
    definition_version: null,
    period_grain: period.grain,
    period_start: period.start,
    period_end: period.end,
    subject_kind: 'TERRITORY',
    subject_id: row.territory,
  });
  return { ...nothing, territory: row.territory };
}
