import type { Kysely } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import { countImports, importPage } from './imports.query.ts';

export function importLists(db: Kysely<IndicatorsTables>) {
  return {
    imports: (network: string | null, slice: { before: string | null; limit: number }) =>
      importPage(db, network, slice),
    countImports: (network: string | null) => countImports(db, network),
  };
}
