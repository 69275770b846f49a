import type { Kysely } from 'kysely';
import { listLoader } from '../../../kernel/loader.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type SeriesKey, seriesOf } from './series.query.ts';

const seriesKey = (key: SeriesKey) => [key.network, key.indicator, key.subject].join('|');

export function seriesLoaders(db: Kysely<IndicatorsTables>) {
  return {
    series: listLoader(
      (keys: readonly SeriesKey[]) => seriesOf(db, keys),
      seriesKey,
      (row) => [row.series_network, row.indicator_id, row.subject_id].join('|'),
    ),
  };
}
