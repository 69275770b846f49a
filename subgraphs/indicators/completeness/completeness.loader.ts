import type { Kysely } from 'kysely';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { completenessOf, missingUnits } from './completeness.query.ts';

export function completenessLoaders(db: Kysely<IndicatorsTables>, today: string) {
  return {
    completeness: loaderPerArguments((year: number | null) =>
      rowLoader(
        (networks: readonly string[]) => completenessOf(db, { year, today }, networks),
        (network) => network,
        (row) => row.network_id,
      ),
    ),
  };
}

export function completenessLists(db: Kysely<IndicatorsTables>) {
  return {
    missing: (network: string, year: number | null, slice: { after: string | null; limit: number }) =>
      missingUnits(db, network, year, slice),
  };
}
