import type { Kysely } from 'kysely';
import type { IndicatorsTables } from '../tables.ts';
import {
  countRanked,
  type RankedGroup,
  type RankingArguments,
  type RankingSlice,
  rankedGroup,
  rankedPage,
} from './ranking.query.ts';

export function rankingLists(db: Kysely<IndicatorsTables>) {
  return {
    rankedGroup: (network: string, args: Pick<RankingArguments, 'indicator' | 'within' | 'period'>) =>
      rankedGroup(db, network, args),
    ranking: (network: string, args: RankingArguments, group: RankedGroup, slice: RankingSlice) =>
      rankedPage(db, network, args, group, slice),
    countRanked: (
      network: string,
      args: Pick<RankingArguments, 'indicator' | 'within'>,
      group: RankedGroup,
    ) => countRanked(db, network, args, group),
  };
}
