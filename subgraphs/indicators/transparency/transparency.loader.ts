import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { networkTransparencyOf, type TransparencyKey, transparencyOf } from './transparency.query.ts';

export function transparencyLoaders(db: Kysely<IndicatorsTables>) {
  return {
    transparency: loaderPerArguments((year: number | null) =>
      rowLoader(
        (territories: readonly string[]) => transparencyOf(db, year, territories),
        (territory) => territory,
        (row) => row.territory_id,
      ),
    ),
    networkTransparency: listLoader(
      (keys: readonly TransparencyKey[]) => networkTransparencyOf(db, keys),
      (key) => `${key.territory}|${key.year}`,
      (row) => `${row.territory_id}|${row.year}`,
    ),
  };
}
