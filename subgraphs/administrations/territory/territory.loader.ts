import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Slice } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  ancestorsOf,
  childCounts,
  childrenOf,
  meanCenters,
  mergedInto,
  territoriesById,
  territoryNames,
} from './territory.query.ts';
import type { TerritoryOrder } from './territory.ts';
import { countTerritories, searchTerritories } from './territory-search.query.ts';

const itself = (id: string) => id;

/** Territories of one request: each look-up is one statement, whatever the number of territories. */
export function territoryLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader(
      (ids: readonly string[]) => territoriesById(db, ids),
      itself,
      ({ id }) => id,
    ),
    names: rowLoader(
      (ids: readonly string[]) => territoryNames(db, ids),
      itself,
      ({ id }) => id,
    ),
    ancestors: listLoader(
      (ids: readonly string[]) => ancestorsOf(db, ids),
      itself,
      ({ ofId }) => ofId,
    ),
    children: loaderPerArguments(({ order, slice }: { order: TerritoryOrder; slice: Slice }) =>
      listLoader(
        (ids: readonly string[]) => childrenOf(db, ids, order, slice),
        itself,
        ({ parentId }) => parentId ?? '',
      ),
    ),
    childCount: rowLoader(
      (ids: readonly string[]) => childCounts(db, ids),
      itself,
      ({ id }) => id,
    ),
    mergedFrom: listLoader(
      (ids: readonly string[]) => mergedInto(db, ids),
      itself,
      (row) => row.mergedInto ?? '',
    ),
    meanCenter: rowLoader(
      (ids: readonly string[]) => meanCenters(db, ids),
      itself,
      ({ key }) => key,
    ),
    search: searchTerritories.bind(null, db),
    count: countTerritories.bind(null, db),
  };
}
