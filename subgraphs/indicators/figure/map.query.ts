import { type Kysely, sql } from 'kysely';
import { NATION } from '../../../kernel/ids.ts';
import type { Period } from '../../../kernel/period.ts';
import { rowsOfKeys } from '../../../kernel/postgres/keys.ts';
import type { FigureLevel, IndicatorsTables } from '../tables.ts';
import { type FigureRow, type Measured, sparse, UNMEASURED } from './figure.row.ts';
import { leanFigures, type Version, wholeFigures } from './map-figures.query.ts';
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
  const read = args.lean ? leanFigures : wholeFigures;
  const found = periods.size === 0 ? [] : await read(db, { ...args, periods });
  const published = Map.groupBy<string, Version<Measured | FigureRow>>(found, ({ network }) => network);
  return networks.map((network) => {
    const shared = periods.get(network) ?? null;
    const versions = published.get(network) ?? [];
    return {
      network,
      period: shared,
      rows: shared === null ? [] : ofOneVersion(byNetwork.get(network) ?? [], versions, args, shared),
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

/** The definition that most figures of a map were published under, of equally many the newest, is that of all. */
function ofOneVersion(
  places: readonly MapPlace[],
  versions: readonly Version<Measured | FigureRow>[],
  { indicator, lean }: MapArguments,
  period: Period,
): FigureRow[] {
  const chosen = versionOfMost(places, versions);
  return places.map(({ network, territory }) => {
    const found = chosen?.figures.get(territory);
    if (found && !lean) return found as FigureRow;
    const known = {
      network_id: network,
      indicator_id: indicator,
      definition_version: chosen?.version ?? null,
      period_grain: period.grain,
      period_start: period.start,
      period_end: period.end,
      subject_kind: 'TERRITORY' as const,
      subject_id: territory,
    };
    return sparse(known, found ?? UNMEASURED);
  });
}

/** Undefined where none of the places has a figure. */
export function versionOfMost<F>(
  places: readonly MapPlace[],
  versions: readonly Version<F>[],
): Version<F> | undefined {
  const count = ({ figures }: Version<F>) => places.filter(({ territory }) => figures.has(territory)).length;
  const some = versions.filter(({ figures }) => places.some(({ territory }) => figures.has(territory)));
  if (some.length < 2) return some[0];
  const counted = some.map((each) => ({ each, count: count(each) }));
  counted.sort((a, b) => b.count - a.count || b.each.version - a.each.version);
  return counted[0]?.each;
}
