import type { Kysely } from 'kysely';
import type { KeptRows } from '../../../kernel/graphql/kept.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { partsOf, rulesOf } from './explanation.query.ts';
import { type FigureKey, figuresAt, type LatestKey, latestFigures } from './figure.query.ts';
import type { FigureRow } from './figure.row.ts';
import { figureMaps, type MapArguments, type MapPlace, mapPlaces } from './map.query.ts';
import { importsById } from './provenance.query.ts';
import { type ResultsArguments, resultsOf } from './results.query.ts';
import { figuresOfTerritories, type TerritoryFiguresArguments } from './territory.query.ts';
import { unitsOf } from './units.query.ts';

const figureKey = (key: FigureKey) =>
  [key.network, key.indicator, key.version, key.grain, key.start, key.territory].join('|');

/** The key under which a figure of a territory is found again. */
export function keyOfFigure(row: FigureRow): FigureKey | null {
  if (row.subject_id === null || row.definition_version === null) return null;
  return {
    network: row.network_id,
    indicator: row.indicator_id,
    version: row.definition_version,
    grain: row.period_grain,
    start: row.period_start,
    territory: row.subject_id,
  };
}

const keyTextOf = (row: FigureRow) => {
  const key = keyOfFigure(row);
  return key === null ? '' : figureKey(key);
};

const latestKey = (key: LatestKey) =>
  [key.network, key.indicator, key.territory, key.grain, key.start].join('|');

/** The places of the maps of networks. */
async function placesIn(
  db: Kysely<IndicatorsTables>,
  kept: KeptRows,
  { indicator, level, within }: MapArguments,
  networks: readonly string[],
): Promise<readonly MapPlace[]> {
  const asked = { indicator, level, within };
  const keyOf = (network: string) => JSON.stringify([network, asked]);
  const byKey = new Map(networks.map((network) => [keyOf(network), network]));
  const read = kept.through(
    'place of a map',
    (keys) =>
      mapPlaces(
        db,
        asked,
        keys.flatMap((key) => byKey.get(key) ?? []),
      ),
    ({ network }) => keyOf(network),
  );
  return read([...byKey.keys()]);
}

export function figureLoaders(db: Kysely<IndicatorsTables>, kept: KeptRows) {
  return {
    /** Imports by id. */
    imported: rowLoader(
      (ids: readonly string[]) => importsById(db, ids),
      (id) => id,
      (row) => row.id,
    ),
    /** A figure of a territory, exactly. */
    figureAt: rowLoader((keys: readonly FigureKey[]) => figuresAt(db, keys), figureKey, keyTextOf),
    latestFigure: rowLoader(
      (keys: readonly LatestKey[]) => latestFigures(db, keys),
      latestKey,
      (row) => [row.network_id, row.indicator_id, row.subject_id, row.asked_grain, row.asked_start].join('|'),
    ),
    map: loaderPerArguments((args: MapArguments) =>
      rowLoader(
        async (networks: readonly string[]) => figureMaps(db, args, await placesIn(db, kept, args, networks)),
        (network) => network,
        (map) => map.network,
      ),
    ),
    figuresOfTerritory: loaderPerArguments((args: TerritoryFiguresArguments) =>
      listLoader(
        (territories: readonly string[]) => figuresOfTerritories(db, args, territories),
        (territory) => territory,
        (row) => row.territory,
      ),
    ),
    resultsOf: loaderPerArguments((args: ResultsArguments) =>
      listLoader(
        (subjects: readonly string[]) => resultsOf(db, args, subjects),
        (subject) => subject,
        (row) => row.subject_id ?? '',
      ),
    ),
    units: loaderPerArguments((slice: { after: string | null; limit: number }) =>
      listLoader(
        (keys: readonly FigureKey[]) => unitsOf(db, slice, keys),
        figureKey,
        (row) =>
          [
            row.network_id,
            row.indicator_id,
            row.definition_version,
            row.period_grain,
            row.period_start,
            row.territory,
          ].join('|'),
      ),
    ),
    rules: rowLoader(
      (networks: readonly string[]) => rulesOf(db, networks),
      (network) => network,
      (row) => row.network,
    ),
    parts: listLoader((keys: readonly FigureKey[]) => partsOf(db, keys), figureKey, figureKey),
  };
}
