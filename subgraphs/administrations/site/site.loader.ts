import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Slice } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { sitesById, sitesOfStructures } from './site.query.ts';
import type { Position, SiteCriteria } from './site.ts';
import { communesServed, siteDetails } from './site-detail.query.ts';
import { countSites, listSites, type SiteListing } from './site-list.query.ts';
import { countSitesAround, sitesAround } from './site-near.query.ts';
import { sitesServing } from './site-serves.query.ts';

type Ids = readonly string[];
interface Around {
  criteria: SiteCriteria;
  radiusKm: number | null;
}
const itself = (id: string) => id;
const idOfRow = ({ id }: { id: string }) => id;
const scopeOfRow = ({ scope }: { scope: string }) => scope;
const keyOfPosition = ({ key }: Position) => key;

/** Sites of one request: each look-up is one statement, whatever the number of keys. */
export function siteLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader(
      (ids: Ids) => sitesById(db, ids),
      itself,
      ({ asked }) => asked,
    ),
    detail: rowLoader(
      (ids: Ids) => siteDetails(db, ids),
      itself,
      ({ siteId }) => siteId,
    ),
    communesServed: listLoader(
      (ids: Ids) => communesServed(db, ids),
      itself,
      ({ siteId }) => siteId,
    ),
    ofStructures: listLoader(
      (ids: Ids) => sitesOfStructures(db, ids),
      itself,
      ({ structureId }) => structureId,
    ),
    list: loaderPerArguments(({ listing, slice }: { listing: SiteListing; slice: Slice }) =>
      listLoader((keys: Ids) => listSites(db, listing, keys, slice), itself, scopeOfRow),
    ),
    count: loaderPerArguments((listing: SiteListing) =>
      rowLoader((keys: Ids) => countSites(db, listing, keys), itself, idOfRow),
    ),
    around: loaderPerArguments(({ criteria, radiusKm, slice }: Around & { slice: Slice }) =>
      listLoader(
        (positions: readonly Position[]) => sitesAround(db, positions, criteria, radiusKm, slice),
        keyOfPosition,
        scopeOfRow,
      ),
    ),
    countAround: loaderPerArguments(({ criteria, radiusKm }: Around) =>
      rowLoader(
        (positions: readonly Position[]) => countSitesAround(db, positions, criteria, radiusKm),
        keyOfPosition,
        idOfRow,
      ),
    ),
    serving: loaderPerArguments((criteria: SiteCriteria) =>
      listLoader((communes: Ids) => sitesServing(db, communes, criteria), itself, scopeOfRow),
    ),
  };
}
