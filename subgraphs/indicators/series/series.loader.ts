import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type SeriesKey, seriesOf } from './series.query.ts';

const seriesKey = (key: SeriesKey) => [key.network, key.indicator, key.subject].join('|');

export function seriesLoaders(db: Kysely<IndicatorsTables>) {
  return {
    /** Whole figures, or only what `Measured` holds of each. */
    series: loaderPerArguments((lean: boolean) =>
      listLoader(
        (keys: readonly SeriesKey[]) => seriesOf(db, lean, keys),
        seriesKey,
        (row) => [row.series_network, row.indicator_id, row.subject_id].join('|'),
      ),
    ),
  };
}
