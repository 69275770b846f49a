import { type AskGraph, forEachOf, millionths } from './ask.ts';
import type { Cell, Duck } from './duck.ts';
import type { Group } from './figures-answered.ts';

interface Ranked {
  rank: number;
  peerRank: number | null;
  peersOf: number | null;
  value: number | null;
  site: { id: string } | null;
  structure: { id: string } | null;
  territory: { id: string } | null;
}

interface RankingPage {
  network: {
    ranking: {
      totalCount: number;
      nodes: Ranked[];
      pageInfo: { hasNextPage: boolean; endCursor: string | null };
    } | null;
  };
}

const RANKING = `query ($network: ID!, $indicator: ID!, $period: String!, $after: String) {
  network(id: $network) {
    ranking(indicator: $indicator, period: $period, first: 100, after: $after) {
      totalCount nodes { rank peerRank peersOf value site { id } structure { id } territory { id } } pageInfo { hasNextPage endCursor }
    }
  }
}`;

const COMPARISON = `comparison(indicator: $indicator, period: $period) {
  rank of median lowest { value } highest { value } local { value } }`;
const STANDING = {
  SITE: `query ($id: ID!, $indicator: ID!, $period: String!) { at: site(id: $id) { ${COMPARISON} } }`,
  STRUCTURE: `query ($id: ID!, $indicator: ID!, $period: String!) { at: structure(id: $id) { ${COMPARISON} } }`,
};

interface Standing {
  at: {
    comparison: {
      rank: number | null;
      of: number | null;
      median: number | null;
      lowest: { value: number | null } | null;
      highest: { value: number | null } | null;
      local: { value: number | null } | null;
    } | null;
  };
}

const KEY = { network_id: 'varchar', indicator_id: 'varchar', period: 'varchar' };
const UNIT = {
  ...KEY,
  subject_id: 'varchar',
  value: 'hugeint',
  place: 'bigint',
  of: 'bigint',
  peer_place: 'bigint',
  peers: 'bigint',
};
const SPREAD = { ...KEY, units: 'bigint', median_twice: 'hugeint', lowest: 'hugeint', highest: 'hugeint' };

/**
 * Fills `answered_unit` with the rankings of these groups, page by page, each unit's rank among its peers beside, and `answered_spread` with how their units
 * spread, as the first of each ranking sees it.
 * @param pages of each ranking; all of them when omitted
 */
export async function askUnits(
  duck: Duck,
  ask: AskGraph,
  groups: readonly Group[],
  pages = Number.POSITIVE_INFINITY,
): Promise<void> {
  const units: Cell[][] = [];
  const spreads: Cell[][] = [];
  await forEachOf(groups, async ({ network_id, indicator_id, period }) => {
    const asked = { network: network_id, indicator: indicator_id, period };
    let after: string | null = null;
    let first: Ranked | undefined;
    for (let page = 0; page < pages; page += 1) {
      const answer: RankingPage = await ask<RankingPage>(RANKING, { ...asked, after });
      if (answer.network.ranking === null) break;
      const { nodes, totalCount, pageInfo } = answer.network.ranking;
      first ??= nodes[0];
      for (const node of nodes) {
        units.push([
          network_id,
          indicator_id,
          period,
          idOf(node),
          millionths(node.value),
          node.rank,
          totalCount,
          node.peerRank,
          node.peersOf,
        ]);
      }
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    const kind = first?.site ? 'SITE' : first?.structure ? 'STRUCTURE' : null;
    if (first === undefined || kind === null) return;
    const { at } = await ask<Standing>(STANDING[kind], { ...asked, id: idOf(first) });
    if (at.comparison) spreads.push([network_id, indicator_id, period, ...spreadOf(at.comparison)]);
  });
  await duck.fill('answered_unit', UNIT, units);
  await duck.fill('answered_spread', SPREAD, spreads);
}

const idOf = ({ site, structure, territory }: Ranked) => (site ?? structure ?? territory)?.id ?? '';

const spreadOf = ({ of, median, lowest, highest }: NonNullable<Standing['at']['comparison']>): Cell[] => [
  of,
  // A median has seven decimals where it stands between two values of six: twice it has six.
  median === null ? null : millionths(Number((2 * median).toFixed(6))),
  millionths(lowest?.value ?? null),
  millionths(highest?.value ?? null),
];
