import { type Kysely, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period } from '../../../kernel/period.ts';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import type { FigureLevel, IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, unpublished } from './figure.row.ts';
import { type ChosenPeriod, chosenPeriod, periodOf } from './list-period.ts';

/** Figures of one indicator over the territories of a level. */
export interface MapArguments {
  indicator: string;
  level: FigureLevel;
  /** A région or a département; the nation holds everything. */
  within: string | null;
  period: Period | null;
}

/** Every figure of a map, and the one period that they share; null when nothing was ever published. */
export interface FigureMap {
  network: string;
  period: Period | null;
  rows: FigureRow[];
}

type Row = FigureRow & ChosenPeriod & { map_network: string; map_territory: string };

/**
 * The maps of `networks`, in one statement. A territory belongs to the map once something was published there;
 * it stays in it, without a value, for a period in which nothing was.
 */
export async function figureMaps(
  db: Kysely<IndicatorsTables>,
  { indicator, level, within, period }: MapArguments,
  networks: readonly string[],
): Promise<FigureMap[]> {
  // Written out: with a parameter the planner would expect most of the territories there are.
  const place = sql`t.level = ${sql.lit(level)} ${
    within === null || within === NATION
      ? sql``
      : sql`and ${within}::text in (t.id, t.parent_id, t.region_id, t.departement_id)`
  }`;
  const { rows } = await sql<Row>`
    with network as materialized (
      select k.network_id as list from ${rowsOfKeys(networks)} as k (network_id)
       where exists (select from indicators.figure f where f.network_id = k.network_id and f.indicator_id = ${indicator})
    ), place as materialized (
      select t.id as item from directory.territory t where ${place}
    ), scope as materialized (
      select f.network_id as list, f.territory_id as item, f.period_start, f.period_grain, f.period_end,
             f.definition_version
        from network n
        join indicators.figure f on f.network_id = n.list and f.indicator_id = ${indicator}
         and f.level = ${sql.lit(level)} and f.typology_id = '' ${inPeriod(period)}
        join place p on p.item = f.territory_id
    ), item as materialized (
      select list, item from scope
      union
      ${period === null ? sql`select list, item from scope` : formerItems(indicator)}
    ), ${chosenPeriod(period, 'item')}
    select ${FIGURE_COLUMNS}, u.list as map_network, u.item as map_territory, c.chosen_grain, c.chosen_start,
           c.chosen_version
      from item u
      left join chosen c on c.list = u.list
      left join indicators.figure f
        on f.network_id = u.list and f.indicator_id = ${indicator} and f.territory_id = u.item
       and f.period_start = c.chosen_start and f.period_grain = c.chosen_grain
       and f.definition_version = c.chosen_version and f.typology_id = ''`.execute(db);
  return networks.map((network) => {
    const found = rows.filter((row) => row.map_network === network);
    const shared = periodOf(found[0], period);
    return {
      network,
      period: shared,
      rows: shared === null ? [] : found.map((row) => rowOf(row, indicator, shared)),
    };
  });
}

function rowOf(row: Row, indicator: string, period: Period): FigureRow {
  if (row.subject_id !== null) return row;
  return unpublished({
    network_id: row.map_network,
    indicator_id: indicator,
    definition_version: row.chosen_version ?? null,
    period_grain: period.grain,
    period_start: period.start,
    period_end: period.end,
    subject_kind: 'TERRITORY',
    subject_id: row.map_territory,
  });
}

const inPeriod = (period: Period | null) =>
  period === null
    ? sql``
    : sql`and f.period_start = ${period.start}::date and f.period_grain = ${period.grain}`;

/** Places of the map where nothing was published for the asked period, and something for another one. */
const formerItems = (indicator: string) => sql`
  select n.list, p.item
    from network n cross join place p
   -- A look at the index for each, and not a list of everything that was ever published.
   cross join lateral (
     select from indicators.figure f
      where f.territory_id = p.item and f.network_id = n.list and f.indicator_id = ${indicator}
        and f.typology_id = '' limit 1) f
   where not exists (select from scope s where s.list = n.list and s.item = p.item)`;
