import type { Kysely } from 'kysely';
import type { KeptRows } from '../../../kernel/graphql/kept.ts';
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
const idOfRow = ({ id }: { id: string }) => id;

/** Territories of one request: each look-up is one statement, whatever the number of territories. */
export function territoryLoaders(db: Kysely<AdministrationsDatabase>, kept: KeptRows) {
  return {
    byId: rowLoader(
      kept.through('territory', (ids) => territoriesById(db, ids), idOfRow),
      itself,
      idOfRow,
    ),
    names: rowLoader(
      kept.through('territory name', (ids) => territoryNames(db, ids), idOfRow),
      itself,
      idOfRow,
    ),
    ancestors: listLoader(
      kept.through(
        'ancestor',
        (ids) => ancestorsOf(db, ids),
        ({ ofId }) => ofId,
      ),
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
