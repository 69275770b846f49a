import type { Kysely } from 'kysely';
import type { KeptRows } from '../../../kernel/graphql/kept.ts';
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
import type { NetworkSearch } from './network.ts';

type Ids = readonly string[];

/** What one reader after another asks is read once; what somebody typed is not kept. */
const searchOf = (db: Kysely<AdministrationsDatabase>, kept: KeptRows) => async (criteria: NetworkSearch) => {
  if (criteria.search !== null || criteria.ids !== null) return searchNetworks(db, criteria);
  const asked = JSON.stringify(criteria);
  const search = kept.through(
    'network list',
    async () => [{ asked, networks: await searchNetworks(db, criteria) }],
    (list) => list.asked,
  );
  return (await search([asked])).flatMap(({ networks }) => networks);
};

const itself = (id: string) => id;
const idOfRow = ({ id }: { id: string }) => id;

/** Networks and what surrounds them, for one request. */
export function networkLoaders(db: Kysely<AdministrationsDatabase>, kept: KeptRows) {
  return {
    byId: rowLoader(
      kept.through('network', (ids) => networksById(db, ids), idOfRow),
      itself,
      idOfRow,
    ),
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
    search: searchOf(db, kept),
    ministries: () => ministries(db, null),
    allPivots: () => pivots(db, {}),
  };
}
