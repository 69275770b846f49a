import { type Kysely, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period, PeriodGrain } from '../../../kernel/period.ts';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import { preparedBy } from '../../../kernel/postgres/prepared.ts';
import type { FigureLevel, IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, type Measured, sparse, UNMEASURED } from './figure.row.ts';
import { chosenPeriods } from './map-period.query.ts';

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
}

/** A territory of a network's map. */
export interface MapPlace {
  network: string;
  territory: string;
}

/**
 * The maps of networks with their places, in one statement, or two where the period is to be chosen. A place stays in
 * the map, without a value, for a period in which nothing was published there.
 */
export async function figureMaps(
  db: Kysely<IndicatorsTables>,
  args: MapArguments,
  places: readonly MapPlace[],
): Promise<FigureMap[]> {
  const { period } = args;
  const byNetwork = Map.groupBy(places, ({ network }) => network);
  const networks = [...byNetwork.keys()];
  const periods = period
    ? new Map(networks.map((network) => [network, period]))
    : await chosenPeriods(db, args.indicator, places);
  const found = periods.size === 0 ? [] : await figuresIn(db, args, periods);
  const published = Map.groupBy(found, (row) => row.map_network);
  return networks.map((network) => {
    const shared = periods.get(network) ?? null;
    const rows = published.get(network) ?? [];
    return {
      network,
      period: shared,
      rows: shared === null ? [] : ofOneVersion(byNetwork.get(network) ?? [], rows, args, shared),
    };
  });
}

/** Where something of the indicator was ever published by networks, for a map. */
export async function mapPlaces(
  db: Kysely<IndicatorsTables>,
  { indicator, level, within }: Pick<MapArguments, 'indicator' | 'level' | 'within'>,
  networks: readonly string[],
): Promise<MapPlace[]> {
  const isWhole = within === null || within === NATION;
  // The level is written out: with a parameter the planner would expect most of the territories there are.
  const { rows } = await sql<MapPlace>`
    with network as materialized (
      select k.network_id from ${rowsOfKeys(networks)} as k (network_id)
       where exists (select from indicators.figure f
                      where f.network_id = k.network_id and f.indicator_id = ${indicator})
    ), place as materialized (
      select t.id as item from directory.territory t
       where t.level = ${sql.lit(level)}
         ${isWhole ? sql`` : sql`and ${within}::text in (t.id, t.parent_id, t.region_id, t.departement_id)`}
    )
    select n.network_id as network, p.item as territory
      from network n cross join place p
     -- A look at the index for each, and not a list of everything that was ever published.
     cross join lateral (
       select from indicators.figure f
        where f.territory_id = p.item and f.network_id = n.network_id and f.indicator_id = ${indicator}
          and f.typology_id = '' limit 1) f`.execute(db);
  return rows;
}

/** A figure of the period, of whichever definition. */
type Row = (Measured | FigureRow) & { map_network: string; map_territory: string; version: number };

/** The definition that most figures of a map were published under, of equally many the newest, is that of all. */
function ofOneVersion(
  places: readonly MapPlace[],
  rows: readonly Row[],
  { indicator, lean }: MapArguments,
  period: Period,
): FigureRow[] {
  const inMap = new Set(places.map(({ territory }) => territory));
  const counts = new Map<number, number>();
  for (const { version, map_territory } of rows)
    if (inMap.has(map_territory)) counts.set(version, (counts.get(version) ?? 0) + 1);
  const [chosen] = [...counts].sort(([a, as], [b, bs]) => bs - as || b - a)[0] ?? [null];
  const figures = new Map<string, Row>();
  for (const row of rows) if (row.version === chosen) figures.set(row.map_territory, row);
  return places.map(({ network, territory }) => {
    const found = figures.get(territory);
    if (found && !lean) return found as FigureRow & Row;
    const known = {
      network_id: network,
      indicator_id: indicator,
      definition_version: chosen,
      period_grain: period.grain,
      period_start: period.start,
      period_end: period.end,
      subject_kind: 'TERRITORY' as const,
      subject_id: territory,
    };
    return sparse(known, found ?? UNMEASURED);
  });
}

const LEAN = sql<Measured>`f.value, f.basis, f.suppressed, f.respondents`;

/** What was published of each network for its period. */
function figuresIn(
  db: Kysely<IndicatorsTables>,
  { indicator, level, lean }: MapArguments,
  periods: ReadonlyMap<string, Period>,
): Promise<readonly Row[]> {
  const networks = [...periods.keys()];
  const starts = [...periods.values()].map(({ start }) => start);
  const grains = [...periods.values()].map(({ grain }) => grain);
  return FIGURES({ level, lean })(db, { indicator, networks, starts, grains });
}

interface Values {
  indicator: string;
  networks: readonly string[];
  starts: readonly string[];
  grains: readonly PeriodGrain[];
}

const FIGURES = preparedBy<Pick<MapArguments, 'level' | 'lean'>, Values, Row>(
  ({ level, lean }, { indicator, networks, starts, grains }) => sql`
    select f.network_id as map_network, f.territory_id as map_territory, f.definition_version as version,
           ${lean ? LEAN : FIGURE_COLUMNS}
      from unnest((select ${networks}::text[] collate "C"), (select ${starts}::date[]), (select ${grains}::text[]))
             as n (network_id, start, grain)
     cross join lateral (
       select * from indicators.figure f
        where f.network_id = n.network_id and f.indicator_id = ${indicator} and f.level = ${sql.lit(level)}
          and f.typology_id = '' and f.period_start = n.start and f.period_grain = n.grain offset 0) f`,
);
