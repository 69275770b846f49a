import type { Kysely } from 'kysely';
import { loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { Period } from '../../../kernel/period.ts';
import type { IndicatorsTables } from '../tables.ts';
import { onlineQualityOf } from './quality.query.ts';

export function procedureLoaders(db: Kysely<IndicatorsTables>) {
  return {
    onlineQuality: loaderPerArguments((period: Period | null) =>
      rowLoader(
        (procedures: readonly string[]) => onlineQualityOf(db, period, procedures),
        (procedure) => procedure,
        (row) => row.subject_id ?? '',
      ),
    ),
  };
}
