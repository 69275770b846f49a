import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Slice } from '../keyset.ts';
import type { AdministrationsDatabase } from '../tables.ts';
import { announcedDelays, countProcedures, listProcedures, proceduresById } from './procedure.query.ts';
import type { DelayCriteria, ProcedureCriteria } from './procedure.ts';

type Ids = readonly string[];
const itself = (id: string) => id;
const idOfRow = ({ id }: { id: string }) => id;

/** Procedures and the delays announced for them, for one request. */
export function procedureLoaders(db: Kysely<AdministrationsDatabase>) {
  return {
    byId: rowLoader((ids: Ids) => proceduresById(db, ids), itself, idOfRow),
    delays: loaderPerArguments((criteria: DelayCriteria) =>
      listLoader(
        (ids: Ids) => announcedDelays(db, ids, criteria),
        itself,
        ({ procedureId }) => procedureId,
      ),
    ),
    ofNetworks: loaderPerArguments(({ criteria, slice }: { criteria: ProcedureCriteria; slice: Slice }) =>
      listLoader(
        (ids: Ids) => listProcedures(db, ids, criteria, slice),
        itself,
        ({ scope }) => scope,
      ),
    ),
    countOfNetworks: loaderPerArguments((criteria: ProcedureCriteria) =>
      rowLoader((ids: Ids) => countProcedures(db, ids, criteria), itself, idOfRow),
    ),
    list: (criteria: ProcedureCriteria, slice: Slice) => listProcedures(db, null, criteria, slice),
    count: async (criteria: ProcedureCriteria) => (await countProcedures(db, null, criteria))[0]?.count ?? 0,
  };
}
