import type { Kysely } from 'kysely';
import { listLoader, rowLoader } from '../../../kernel/loader.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  ministries,
  networksById,
  networksOfMinistries,
  pivots,
  predecessorsOf,
  searchNetworks,
  typologiesById,
  typologiesOfNetworks,
} from './network.query.ts';

type Ids = readonly string[];
const itself = (id: string) => id;
const idOfRow = ({ id }: { id: string }) => id;

/** Networks and what surrounds them, for one request. */
export function networkLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader((ids: Ids) => networksById(db, ids), itself, idOfRow),
    predecessors: listLoader(
      (ids: Ids) => predecessorsOf(db, ids),
      itself,
      ({ successorId }) => successorId ?? '',
    ),
    ministry: rowLoader((ids: Ids) => ministries(db, ids), itself, idOfRow),
    ofMinistry: listLoader(
      (ids: Ids) => networksOfMinistries(db, ids),
      itself,
      ({ ministryId }) => ministryId ?? '',
    ),
    pivot: rowLoader(
      (codes: Ids) => pivots(db, { codes }),
      itself,
      ({ code }) => code,
    ),
    pivots: listLoader(
      (networks: Ids) => pivots(db, { networks }),
      itself,
      ({ networkId }) => networkId ?? '',
    ),
    typology: rowLoader((ids: Ids) => typologiesById(db, ids), itself, idOfRow),
    typologies: listLoader(
      (ids: Ids) => typologiesOfNetworks(db, ids),
      itself,
      ({ networkId }) => networkId,
    ),
    search: searchNetworks.bind(null, db),
    ministries: () => ministries(db, null),
    allPivots: () => pivots(db, {}),
  };
}
