import type { Kysely } from 'kysely';
import { listLoader } from '../../../kernel/loader.ts';
import type { GroupKey } from '../comparison/group.ts';
import type { RankedGroup } from '../ranking/group.query.ts';
import type { IndicatorsTables } from '../tables.ts';
import { decilesOf } from './deciles.query.ts';
import { settingFigures } from './settings.query.ts';

const keyOf = (key: GroupKey) => [key.network, key.indicator, key.version, key.grain, key.start].join('|');

export function equalityLoaders(db: Kysely<IndicatorsTables>) {
  return {
    settingFigures: listLoader(
      (keys: readonly GroupKey[]) => settingFigures(db, keys),
      keyOf,
      (row) =>
        [row.network_id, row.indicator_id, row.definition_version, row.period_grain, row.period_start].join(
          '|',
        ),
    ),
  };
}

export function equalityLists(db: Kysely<IndicatorsTables>) {
  return {
    deciles: (network: string, scope: { indicator: string; within: string | null }, group: RankedGroup) =>
      decilesOf(db, network, scope, group),
  };
}
