import type { Kysely } from 'kysely';
import { listLoader, loaderPerArguments, rowLoader } from '../../../kernel/loader.ts';
import type { FigureRow } from '../figure/figure.row.ts';
import type { IndicatorsTables } from '../tables.ts';
import { type LocalArguments, localFigures } from './local.query.ts';
import { extremesOf, type GroupKey, type SpreadKey, spreadsOf } from './spread.query.ts';

const groupKey = (key: GroupKey) => [key.network, key.indicator, key.version, key.grain, key.start].join('|');
const groupOf = (row: FigureRow) =>
  [row.network_id, row.indicator_id, row.definition_version, row.period_grain, row.period_start].join('|');

export function comparisonLoaders(db: Kysely<IndicatorsTables>) {
  return {
    local: loaderPerArguments((args: LocalArguments) =>
      listLoader(
        (places: readonly string[]) => localFigures(db, args, places),
        (place) => place,
        (row) => row.place_id,
      ),
    ),
    spread: rowLoader(
      (keys: readonly SpreadKey[]) => spreadsOf(db, keys),
      (key) => [groupKey(key), key.value].join('|'),
      (row) => [row.network_id, row.indicator_id, row.version, row.grain, row.start, row.value].join('|'),
    ),
    extremes: listLoader((keys: readonly GroupKey[]) => extremesOf(db, keys), groupKey, groupOf),
  };
}
