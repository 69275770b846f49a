import type { Kysely } from 'kysely';
import { type KeptRows, NOTHING_KEPT } from '../../kernel/graphql/kept.ts';
import type { Access } from '../../kernel/graphql/open.ts';
import { rowLoader } from '../../kernel/loader.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { accessLoader } from './access/access.loader.ts';
import { changeLists } from './changes/changes.page.ts';
import { commitmentLoaders } from './commitment/commitment.loader.ts';
import { networkLoaders } from './network/network.loader.ts';
import { procedureLoaders } from './procedure/procedure.loader.ts';
import { importsById } from './provenance.query.ts';
import { scorecardLoaders } from './scorecard/scorecard.loader.ts';
import { siteLoaders } from './site/site.loader.ts';
import { structureLoaders } from './structure/structure.loader.ts';
import { surroundingsById } from './surroundings/surroundings.query.ts';
import type { AdministrationsDatabase } from './tables.ts';
import { territoryLoaders } from './territory/territory.loader.ts';

/** What one request may use: who asks, and loaders that batch and remember within it. */
export interface AdministrationsContext extends Access<AdministrationsDatabase> {
  viewer: Viewer;
  loaders: ReturnType<typeof loadersOf>;
  /** After a write: what the loaders remember may not be so any more. */
  forget(): void;
}

function loadersOf(db: Kysely<AdministrationsDatabase>, kept: KeptRows) {
  return {
    territory: territoryLoaders(db, kept),
    network: networkLoaders(db, kept),
    structure: structureLoaders(db),
    site: siteLoaders(db),
    commitment: commitmentLoaders(db),
    scorecard: scorecardLoaders(db),
    changes: changeLists(db),
    procedure: procedureLoaders(db),
    access: accessLoader(db),
    surroundings: rowLoader(
      (ids: readonly string[]) => surroundingsById(db, ids),
      (id: string) => id,
      ({ id }) => id,
    ),
    imports: rowLoader(
      (ids: readonly string[]) => importsById(db, ids),
      (id: string) => id,
      ({ id }) => id,
    ),
  };
}

/** A context of its own for each request. */
export const createContext = (
  db: Kysely<AdministrationsDatabase>,
  viewer: Viewer,
  access: Access<AdministrationsDatabase>,
): AdministrationsContext => ({
  viewer,
  ...access,
  loaders: loadersOf(db, access.kept),
  forget() {
    this.loaders = loadersOf(db, NOTHING_KEPT);
  },
});
