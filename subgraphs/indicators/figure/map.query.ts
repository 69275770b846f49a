import { type Kysely, type RawBuilder, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period, PeriodGrain } from '../../../kernel/period.ts';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import { preparedBy } from '../../../kernel/postgres/prepared.ts';
import type { FigureLevel, IndicatorsTables } from '../tables.ts';
import { FIGURE_COLUMNS, type FigureRow, type Measured, sparse, UNMEASURED } from './figure.row.ts';
import { type ChosenPeriod, periodOf } from './list-period.ts';

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
    : await chosenPeriods(db, args, networks);
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
  args: Pick<MapArguments, 'indicator' | 'level' | 'within'>,
  networks: readonly string[],
): Promise<MapPlace[]> {
  const { rows } = await sql<MapPlace>`
    with network as materialized (
      select k.network_id from ${rowsOfKeys(networks)} as k (network_id)
       where exists (select from indicators.figure f
                      where f.network_id = k.network_id and f.indicator_id = ${args.indicator})
    ), ${placesOf(args)}
    select n.network_id as network, p.item as territory
      from network n cross join place p
     -- A look at the index for each, and not a list of everything that was ever published.
     cross join lateral (
       select from indicators.figure f
        where f.territory_id = p.item and f.network_id = n.network_id and f.indicator_id = ${args.indicator}
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

/** Written out: with a parameter the planner would expect most of the territories there are. */
const placesOf = ({ level, within }: Pick<MapArguments, 'level' | 'within'>): RawBuilder<unknown> => sql`
  place as materialized (
    select t.id as item from directory.territory t
     where t.level = ${sql.lit(level)} ${
       within === null || within === NATION
         ? sql``
         : sql`and ${within}::text in (t.id, t.parent_id, t.region_id, t.departement_id)`
     })`;

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

/**
 * The period of each network's map, of those that ever published something, as `chosenPeriod` says. From the latest end
 * of a period back to the first that more than half of the places have, one look at the index for each place: nothing
 * is read of most periods.
 */
async function chosenPeriods(
  db: Kysely<IndicatorsTables>,
  args: MapArguments,
  networks: readonly string[],
): Promise<Map<string, Period>> {
  const published = sql`
    from indicators.figure f
   where f.territory_id = i.item and f.network_id = i.list and f.indicator_id = ${args.indicator} and f.typology_id = ''`;
  const { rows } = await sql<ChosenPeriod & { list: string }>`
    with recursive ${placesOf(args)}, item as materialized (
      select i.list, i.item, f.period_end
        from (select n.network_id as list, p.item from ${rowsOfKeys(networks)} as n (network_id) cross join place p) i
       cross join lateral (select f.period_end ${published} order by f.period_end desc limit 1) f
    ), list as (
      select list, count(*) as items, max(period_end) as period_end from item group by list
    ), step as (
      select l.list, l.items, l.period_end, g.*, g.published * 2 > l.items as is_most
        from list l cross join lateral (${fullest(published, 'l.list', 'l.period_end')}) g
      union all
      select t.list, t.items, n.period_end, g.*, g.published * 2 > t.items
        from step t
       cross join lateral (
         select max(f.period_end) as period_end
           from item i
          cross join lateral (
            select f.period_end ${published} and f.period_end < t.period_end order by f.period_end desc limit 1) f
          where i.list = t.list) n
       cross join lateral (${fullest(published, 't.list', 'n.period_end')}) g
       where not t.is_most)
    select distinct on (list) list, period_grain as chosen_grain, period_start as chosen_start,
           definition_version as chosen_version
      from step
     order by list, is_most desc, published desc, period_end desc, period_start, definition_version desc`.execute(
    db,
  );
  const chosen = rows.map(({ list, ...period }) => [list, periodOf(period, null)] as const);
  return new Map(chosen.filter((pair): pair is [string, Period] => pair[1] !== null));
}

/** Of the periods of a list that end on a day, the one, with its definition, that most items have. */
const fullest = (published: RawBuilder<unknown>, list: string, end: string) => sql`
  select f.period_grain, f.period_start, f.definition_version, count(*) as published
    from item i
   cross join lateral (
     select f.period_grain, f.period_start, f.definition_version ${published} and f.period_end = ${sql.ref(end)}) f
   where i.list = ${sql.ref(list)}
   group by 1, 2, 3 order by 4 desc, 2, 3 desc limit 1`;
