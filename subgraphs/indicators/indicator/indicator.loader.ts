import type { Kysely } from 'kysely';
import type { KeptRows } from '../../../kernel/graphql/kept.ts';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Family, IndicatorsTables } from '../tables.ts';
import {
  commitmentsOf,
  countIndicators,
  type DefinitionRow,
  definitionsOf,
  type IndicatorFilter,
  indicatorPage,
  indicatorsOfNetworks,
  provesOf,
} from './indicator.query.ts';
import { type TargetKey, targetsAt, targetsOf } from './target.query.ts';

/** An indicator with all that it meant over time; `current` is its last definition. */
export interface Indicator {
  id: string;
  current: DefinitionRow;
  versions: readonly DefinitionRow[];
}

/** The definition that a figure was published under; the current one when nothing says which. */
export function definitionOf(indicator: Indicator, version: number | null): DefinitionRow {
  return indicator.versions.find((known) => known.version === version) ?? indicator.current;
}

const self = (id: string) => id;
const targetKey = (key: TargetKey) =>
  [key.indicator, key.network, key.structure, key.start, key.end].join('|');

export function indicatorLoaders(db: Kysely<IndicatorsTables>, kept: KeptRows) {
  return {
    indicator: rowLoader(
      kept.through(
        'indicator',
        async (ids) => toIndicators(await definitionsOf(db, ids)),
        (row) => row.id,
      ),
      self,
      (row) => row.id,
    ),
    indicatorsOfNetwork: loaderPerArguments((family: Family | null) =>
      listLoader(
        (networks: readonly string[]) => indicatorsOfNetworks(db, family, networks),
        self,
        (row) => row.network_id,
      ),
    ),
    commitments: listLoader(
      (ids: readonly string[]) => commitmentsOf(db, ids),
      self,
      (row) => row.indicator_id,
    ),
    proves: listLoader(
      (ids: readonly string[]) => provesOf(db, ids),
      self,
      (row) => row.commitment_id,
    ),
    targets: listLoader(
      (ids: readonly string[]) => targetsOf(db, ids),
      self,
      (row) => row.indicator_id,
    ),
    target: rowLoader((keys: readonly TargetKey[]) => targetsAt(db, keys), targetKey, targetKey),
  };
}

export function indicatorLists(db: Kysely<IndicatorsTables>) {
  return {
    indicators: (filter: IndicatorFilter, slice: { after: string | null; limit: number }) =>
      indicatorPage(db, filter, slice),
    countIndicators: (filter: IndicatorFilter) => countIndicators(db, filter),
  };
}

function toIndicators(rows: readonly DefinitionRow[]): Indicator[] {
  return [...Map.groupBy(rows, (row) => row.indicator_id)].flatMap(([id, versions]) => {
    const current = versions.at(-1);
    return current ? [{ id, current, versions }] : [];
  });
}
