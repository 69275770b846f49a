import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Slice } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  commitmentsById,
  correspondences,
  countDisplays,
  displaysOfNetworks,
  displaysOfSites,
  listCommitments,
  wordingsByKey,
  wordingsOfCommitments,
  wordingsOfNetworks,
} from './commitment.query.ts';
import { type DisplayKey, displayKey } from './commitment.ts';

type Ids = readonly string[];
const itself = (id: string) => id;

/** Commitments, their wordings and where they are displayed, for one request. */
export function commitmentLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader(
      (ids: Ids) => commitmentsById(db, ids),
      itself,
      ({ id }) => id,
    ),
    list: listCommitments.bind(null, db),
    correspondences: listLoader(
      (ids: Ids) => correspondences(db, ids),
      itself,
      ({ ofId }) => ofId,
    ),
    wordingsOfNetwork: listLoader(
      (ids: Ids) => wordingsOfNetworks(db, ids),
      itself,
      ({ networkId }) => networkId,
    ),
    wordings: listLoader(
      (ids: Ids) => wordingsOfCommitments(db, ids),
      itself,
      ({ commitmentId }) => commitmentId,
    ),
    wording: rowLoader((keys: readonly DisplayKey[]) => wordingsByKey(db, keys), displayKey, displayKey),
    displaysOfSite: listLoader(
      (ids: Ids) => displaysOfSites(db, ids),
      itself,
      ({ siteId }) => siteId,
    ),
    displays: loaderPerArguments((slice: Slice) =>
      listLoader(
        (keys: readonly DisplayKey[]) => displaysOfNetworks(db, keys, slice),
        displayKey,
        displayKey,
      ),
    ),
    displayCount: rowLoader((keys: readonly DisplayKey[]) => countDisplays(db, keys), displayKey, displayKey),
  };
}
