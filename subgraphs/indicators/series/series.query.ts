import { type Kysely, type RawBuilder, sql } from 'kysely';
import {
  FIGURE_COLUMNS,
  type FigureRow,
  type Measured,
  RESULT_COLUMNS,
  sparse,
} from '../figure/figure.row.ts';
import type { IndicatorsTables, SubjectKind } from '../tables.ts';

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
 * @param lean only what `Measured` holds of each figure
 */
export async function seriesOf(
  db: Kysely<IndicatorsTables>,
  lean: boolean,
  keys: readonly SeriesKey[],
): Promise<SeriesRow[]> {
  if (lean) return leanSeries(db, keys);
  const { rows } = await sql<SeriesRow>`
    with recursive ${asked(keys)}
    select k.series_network, s.*
      from k cross join lateral (${points(RESULT_COLUMNS, FIGURE_COLUMNS)}) s
     order by s.period_end, s.period_start desc`.execute(db);
  return rows;
}

/** Common table expressions `k`, the series, and `lineage`, the networks of each; keys as `rowsOfKeys` has them. */
const asked = (keys: readonly SeriesKey[]): RawBuilder<unknown> => {
  const column = (name: keyof SeriesKey) => sql`(select ${keys.map((key) => key[name])}::text[] collate "C")`;
  return sql`
    k as materialized (
      select * from unnest(${column('network')}, ${column('indicator')}, ${column('subject')})
        as k (series_network, indicator_id, subject_id)
    ), lineage (series_network, network_id, depth) as (
      select distinct series_network, series_network, 0 from k
      union
      select l.series_network, n.id, l.depth + 1
        from lineage l join directory.network n on n.successor_id = l.network_id where l.depth < 8)`;
};

/** Query of the points of a series `k`, in no order, from what is selected of results `r` and of figures `f`. */
const points = (ofResult: RawBuilder<unknown>, ofFigure: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select distinct on (p.period_grain, p.period_start) p.*
    from (
      select l.depth, ${ofResult}
        from lineage l
        join indicators.published_result r
          on r.subject_id = k.subject_id and r.indicator_id = k.indicator_id and r.network_id = l.network_id
         and r.subject_kind <> 'TERRITORY'
       where l.series_network = k.series_network
      union all
      select l.depth, ${ofFigure}
        from lineage l
        join indicators.figure f
          on f.territory_id = k.subject_id and f.indicator_id = k.indicator_id and f.network_id = l.network_id
         and f.typology_id = ''
       where l.series_network = k.series_network) p
   order by p.period_grain, p.period_start, p.depth, p.definition_version desc`;

const lean = (row: string) =>
  sql.join(
    [
      ...['network_id', 'definition_version', 'period_grain', 'period_start', 'period_end'],
      ...['value', 'suppressed', 'respondents'],
    ].map((column) => sql.ref(`${row}.${column}`)),
  );

/** A point of a series. */
type Cells = [
  network: string,
  version: number,
  grain: FigureRow['period_grain'],
  start: string,
  end: string,
  kind: SubjectKind,
  value: Measured['value'],
  basis: Measured['basis'],
  suppressed: Measured['suppressed'],
  respondents: Measured['respondents'],
];

/** Each series as one column: lists of cells, which cost less to send and to read than rows. */
async function leanSeries(db: Kysely<IndicatorsTables>, keys: readonly SeriesKey[]): Promise<SeriesRow[]> {
  const ofResult = sql`${lean('r')}, r.subject_kind, 'PUBLISHED' as basis`;
  const ofFigure = sql`${lean('f')}, 'TERRITORY', f.basis`;
  const { rows } = await sql<{
    series_network: string;
    indicator_id: string;
    subject_id: string;
    points: Cells[];
  }>`
    with recursive ${asked(keys)}
    select k.series_network, k.indicator_id, k.subject_id, s.points
      from k
     cross join lateral (
       select json_agg(json_build_array(s.network_id, s.definition_version, s.period_grain, s.period_start, s.period_end,
                                        s.subject_kind, s.value::text, s.basis, s.suppressed, s.respondents)
                       order by s.period_end, s.period_start desc) as points
         from (${points(ofResult, ofFigure)}) s) s
     where s.points is not null`.execute(db);
  return rows.flatMap(({ series_network, indicator_id, subject_id, points: cells }) =>
    cells.map(
      ([
        network_id,
        definition_version,
        period_grain,
        period_start,
        period_end,
        subject_kind,
        ...measured
      ]) => {
        const [value, basis, suppressed, respondents] = measured;
        const known = {
          network_id,
          indicator_id,
          definition_version,
          period_grain,
          period_start,
          period_end,
        };
        const row = sparse({ ...known, subject_kind, subject_id }, { value, basis, suppressed, respondents });
        return Object.assign(row, { series_network });
      },
    ),
  );
}
