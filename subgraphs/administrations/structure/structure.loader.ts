import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Slice } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import {
  childStructures,
  countStructures,
  listStructures,
  structureAncestors,
  structuresById,
  structuresOfSites,
} from './structure.query.ts';
import type { StructureCriteria } from './structure.ts';

type Ids = readonly string[];
const itself = (id: string) => id;
const idOfRow = ({ id }: { id: string }) => id;

/** Structures of one request: each look-up is one statement, whatever the number of parents. */
export function structureLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader((ids: Ids) => structuresById(db, ids), itself, idOfRow),
    children: listLoader(
      (ids: Ids) => childStructures(db, ids),
      itself,
      ({ parentId }) => parentId ?? '',
    ),
    ancestors: listLoader(
      (ids: Ids) => structureAncestors(db, ids),
      itself,
      ({ ofId }) => ofId,
    ),
    ofSites: listLoader(
      (ids: Ids) => structuresOfSites(db, ids),
      itself,
      ({ siteId }) => siteId,
    ),
    ofNetworks: loaderPerArguments(({ criteria, slice }: { criteria: StructureCriteria; slice: Slice }) =>
      listLoader(
        (ids: Ids) => listStructures(db, ids, criteria, slice),
        itself,
        ({ scope }) => scope,
      ),
    ),
    countOfNetworks: loaderPerArguments((criteria: StructureCriteria) =>
      rowLoader((ids: Ids) => countStructures(db, ids, criteria), itself, idOfRow),
    ),
    list: (criteria: StructureCriteria, slice: Slice) => listStructures(db, null, criteria, slice),
    count: async (criteria: StructureCriteria) => (await countStructures(db, null, criteria))[0]?.count ?? 0,
  };
}
