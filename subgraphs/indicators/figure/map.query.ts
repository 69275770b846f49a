import { type Kysely, type RawBuilder, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period, PeriodGrain } from '../../../kernel/period.ts';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import type { Direction, FigureLevel, IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, type Measured, sparse, UNMEASURED } from './figure.row.ts';
import { type ChosenPeriod, chosenPeriod, periodOf } from './list-period.ts';

/** Figures of one indicator over the territories of a level. */
export interface MapArguments {
  indicator: string;
  level: FigureLevel;
  /** A région or a département; the nation holds everything. */
  within: string | null;
  period: Period | null;
  /** Only what `Measured` holds of each figure. */
  lean: boolean;
}

/** Every figure of a map, and the one period that they share; null when nothing was ever published. */
export interface FigureMap {
  network: string;
  period: Period | null;
  rows: FigureRow[];
  /** Of the indicator; null where there are no rows to tell it. */
  direction: Direction | null;
}

/** A place of a map; without version where nothing was published in the period. */
type Row = (Measured | FigureRow) & {
  map_network: string;
  map_territory: string;
  version: number | null;
  direction: Direction;
};

/**
 * The maps of `networks`, in one statement, or two where the period is to be chosen. A territory belongs to the map once
 * something was published there; it stays in it, without a value, for a period in which nothing was.
 */
export async function figureMaps(
  db: Kysely<IndicatorsTables>,
  args: MapArguments,
  networks: readonly string[],
): Promise<FigureMap[]> {
  const { period } = args;
  const periods = period
    ? new Map(networks.map((network) => [network, period]))
    : await chosenPeriods(db, args, networks);
  const rows = Map.groupBy(await figuresIn(db, args, periods), (row) => row.map_network);
  return networks.map((network) => {
    const shared = periods.get(network) ?? null;
    return {
      network,
      direction: rows.get(network)?.[0]?.direction ?? null,
      period: shared,
      rows: shared === null ? [] : ofOneVersion(rows.get(network) ?? [], args, shared),
    };
  });
}

/** The definition that most figures of a map were published under, of equally many the newest, is that of all. */
function ofOneVersion(rows: readonly Row[], { indicator, lean }: MapArguments, period: Period): FigureRow[] {
  const counts = new Map<number, number>();
  for (const { version } of rows) if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
  const [chosen] = [...counts].sort(([a, as], [b, bs]) => bs - as || b - a)[0] ?? [null];
  const figures = new Map<string, FigureRow>();
  for (const row of rows) {
    const { map_network, map_territory, version } = row;
    const isChosen = version !== null && version === chosen;
    if (!isChosen && figures.has(map_territory)) continue;
    if (isChosen && !lean) {
      figures.set(map_territory, row as FigureRow);
      continue;
    }
    const known = {
      network_id: map_network,
      indicator_id: indicator,
      definition_version: chosen,
      period_grain: period.grain,
      period_start: period.start,
      period_end: period.end,
      subject_kind: 'TERRITORY' as const,
      subject_id: map_territory,
    };
    figures.set(map_territory, sparse(known, isChosen ? row : UNMEASURED));
  }
  return [...figures.values()];
}

/** Written out: with a parameter the planner would expect most of the territories there are. */
const places = ({ level, within }: MapArguments): RawBuilder<unknown> => sql`
  place as materialized (
    select t.id as item from directory.territory t
     where t.level = ${sql.lit(level)} ${
       within === null || within === NATION
         ? sql``
         : sql`and ${within}::text in (t.id, t.parent_id, t.region_id, t.departement_id)`
     })`;

const LEAN = sql<Measured>`f.value, f.basis, f.suppressed, f.respondents`;
/** What was published of each network for its period, then where something was for another one. */
async function figuresIn(
  db: Kysely<IndicatorsTables>,
  args: MapArguments,
  periods: ReadonlyMap<string, Period>,
): Promise<Row[]> {
  const { indicator, level, lean } = args;
  const asked = [...periods];
  const { rows } = await sql<Row>`
    with network as materialized (
      select k.network_id, k.start, k.grain
        from unnest((select ${asked.map(([network]) => network)}::text[] collate "C"),
                    (select ${asked.map(([, { start }]) => start)}::date[]),
                    (select ${asked.map(([, { grain }]) => grain satisfies PeriodGrain)}::text[]))
               as k (network_id, start, grain)
       where exists (select from indicators.figure f where f.network_id = k.network_id and f.indicator_id = ${indicator})
    ), ${places(args)}, found as materialized (
      select f.network_id as map_network, f.territory_id as map_territory, f.definition_version as version,
             ${lean ? LEAN : FIGURE_COLUMNS}
        from network n
        join indicators.figure f on f.network_id = n.network_id and f.indicator_id = ${indicator}
         and f.level = ${sql.lit(level)} and f.typology_id = '' and f.period_start = n.start and f.period_grain = n.grain
        join place p on p.item = f.territory_id
    )
    select *, (select d.direction from indicators.definition d where d.indicator_id = ${indicator}
                order by d.version desc limit 1) as direction
      from found right join (
      select map_network, map_territory from found
      union all
      select n.network_id, p.item
        from network n cross join place p
       -- A look at the index for each, and not a list of everything that was ever published.
       cross join lateral (
         select from indicators.figure f
          where f.territory_id = p.item and f.network_id = n.network_id and f.indicator_id = ${indicator}
            and f.typology_id = '' limit 1) f
       where not exists (select from found s where s.map_network = n.network_id and s.map_territory = p.item)
    ) u using (map_network, map_territory)`.execute(db);
  return rows;
}

/** The period of each network's map, of those that ever published something. */
async function chosenPeriods(
  db: Kysely<IndicatorsTables>,
  args: MapArguments,
  networks: readonly string[],
): Promise<Map<string, Period>> {
  const { rows } = await sql<ChosenPeriod & { list: string }>`
    with ${places(args)}, scope as materialized (
      select f.network_id as list, f.territory_id as item, f.period_start, f.period_grain, f.period_end,
             f.definition_version
        from ${rowsOfKeys(networks)} as n (network_id)
        join indicators.figure f on f.network_id = n.network_id and f.indicator_id = ${args.indicator}
         and f.level = ${sql.lit(args.level)} and f.typology_id = ''
        join place p on p.item = f.territory_id
    ), ${chosenPeriod(null)}
    select list, chosen_grain, chosen_start, chosen_version from chosen`.execute(db);
  const chosen = rows.map(({ list, ...period }) => [list, periodOf(period, null)] as const);
  return new Map(chosen.filter((pair): pair is [string, Period] => pair[1] !== null));
}
