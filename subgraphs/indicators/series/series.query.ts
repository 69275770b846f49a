import { type Kysely, sql } from 'kysely';
import { FIGURE_COLUMNS, type FigureRow, RESULT_COLUMNS } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';

/** Everything published over time for one indicator and one site, structure or territory. */
export interface SeriesKey {
  network: string;
  indicator: string;
  subject: string;
}

/** A figure of a series, under the network that the series was asked for. */
export interface SeriesRow extends FigureRow {
  series_network: string;
}

/**
 * Series in chronological order, in one statement whatever their number. A series goes on through the networks
 * that the asked one succeeded. Where a period was published twice, under two definitions or two networks, the
 * newer one counts.
 */
export async function seriesOf(
  db: Kysely<IndicatorsTables>,
  keys: readonly SeriesKey[],
): Promise<SeriesRow[]> {
  const { rows } = await sql<SeriesRow>`
    with recursive k as (
      select * from unnest(${keys.map((key) => key.network)}::text[], ${keys.map((key) => key.indicator)}::text[],
        ${keys.map((key) => key.subject)}::text[]) as k (series_network, indicator_id, subject_id)
    ), lineage (series_network, network_id, depth) as (
      select distinct series_network, series_network collate "C", 0 from k
      union
      select l.series_network, n.id, l.depth + 1
        from lineage l join directory.network n on n.successor_id = l.network_id where l.depth < 8
    ), point as (
      select l.series_network, l.depth, ${RESULT_COLUMNS}
        from k
        join lineage l on l.series_network = k.series_network
        join indicators.published_result r
          on r.subject_id = k.subject_id and r.indicator_id = k.indicator_id and r.network_id = l.network_id
         and r.subject_kind <> 'TERRITORY'
      union all
      select l.series_network, l.depth, ${FIGURE_COLUMNS}
        from k
        join lineage l on l.series_network = k.series_network
        join indicators.figure f
          on f.territory_id = k.subject_id and f.indicator_id = k.indicator_id and f.network_id = l.network_id
         and f.typology_id = ''
    ), single as (
      select distinct on (series_network, indicator_id, subject_id, period_grain, period_start) *
        from point
       order by series_network, indicator_id, subject_id, period_grain, period_start, depth,
                definition_version desc)
    select * from single order by period_end, period_start desc`.execute(db);
  return rows;
}
