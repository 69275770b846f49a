import type { Kysely } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import { type GroupArguments, type RankedGroup, rankedGroup } from './group.query.ts';
import { countRanked, type RankingArguments, type RankingSlice, rankedPage } from './ranking.query.ts';

export function rankingLists(db: Kysely<IndicatorsTables>) {
  return {
    rankedGroup: (network: string, args: GroupArguments) => rankedGroup(db, network, args),
    ranking: (network: string, args: RankingArguments, group: RankedGroup, slice: RankingSlice) =>
      rankedPage(db, network, args, group, slice),
    countRanked: (network: string, args: Pick<GroupArguments, 'indicator' | 'within'>, group: RankedGroup) =>
      countRanked(db, network, args, group),
  };
}
