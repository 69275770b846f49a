import { type AskGraph, forEachOf, millionths } from './ask.ts';
import { type Comparison, compareTables } from './compare.ts';
import type { Cell, Duck } from './duck.ts';

interface Group {
  indicator: { id: string };
  definition: number;
  period: string;
  region: { id: string } | null;
  departement: { id: string } | null;
  setting: string | null;
  density: string | null;
  results: number;
  withheld: number;
  basis: string | null;
  coverage: { publishing: number; expected: number } | null;
  respondents: number | null;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  lowest: number | null;
  highest: number | null;
  lowerQuartile: number | null;
  median: number | null;
  upperQuartile: number | null;
}

interface Groups {
  resultStats: { nodes: Group[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

const GROUPS = `query ($network: ID!, $indicators: [ID!], $place: [ResultDimension!]!, $after: String) {
  resultStats(filter: { networks: [$network], indicators: $indicators }, groupBy: $place, first: 200, after: $after) {
    nodes {
      indicator { id } definition period region { id } departement { id } setting density results withheld basis
      coverage { publishing expected } respondents value numerator denominator
      lowest highest lowerQuartile median upperQuartile
    }
    pageInfo { hasNextPage endCursor }
  }
}`;

const COLUMNS = {
  cut: 'varchar',
  network_id: 'varchar',
  indicator_id: 'varchar',
  version: 'bigint',
  period: 'varchar',
  territory_id: 'varchar',
  leaf: 'varchar',
  results: 'bigint',
  withheld: 'bigint',
  basis: 'varchar',
  value: 'hugeint',
  numerator: 'hugeint',
  denominator: 'hugeint',
  respondents: 'bigint',
  lowest: 'hugeint',
  highest: 'hugeint',
  lower_twice: 'hugeint',
  median_twice: 'hugeint',
  upper_twice: 'hugeint',
  publishing: 'bigint',
  expected: 'bigint',
};

const CUTS = ['DEPARTEMENT', 'REGION DENSITY'];

interface Asked {
  network: string;
  /** All of them when null. */
  indicator: string | null;
  cut: string;
}

/**
 * Results by group, of every network by one of the cuts in turn: what the graph says against what `sql/groups.sql` made.
 * @param most units that the graph is asked to group at a time: of a larger network, its first indicator; the graph
 *   itself refuses more than 250 000
 */
export async function compareGroups(duck: Duck, ask: AskGraph, most: number): Promise<Comparison> {
  const networks = await duck.rows<{ network: string; indicator: string | null }>(
    `select network_id as network, case when count(*) > ${most} then min(indicator_id) end as indicator
       from unit join grp using (gid) group by 1 order by 1`,
  );
  const asked = networks.map((one, rank): Asked => ({ ...one, cut: CUTS[rank % CUTS.length] ?? '' }));
  const rows: Cell[][] = [];
  await forEachOf(asked, async ({ network, indicator, cut }) => {
    const place = ['INDICATOR', 'PERIOD', ...cut.split(' ')];
    const indicators = indicator === null ? null : [indicator];
    for (let after: string | null = null, more = true; more; ) {
      const { resultStats }: Groups = await ask<Groups>(GROUPS, { network, indicators, place, after });
      rows.push(...resultStats.nodes.map((group) => [cut, network, ...cellsOf(group)]));
      ({ endCursor: after, hasNextPage: more } = resultStats.pageInfo);
    }
  });
  await duck.fill('answered_group', COLUMNS, rows);
  const typed = Object.entries(COLUMNS).map(([name, type]) => `"${name}"::${type} as "${name}"`);
  return compareTables(
    duck,
    'results by group',
    `select ${typed.join(', ')} from expected_group where ${asked.map(isAsked).join(' or ')}`,
    // CSV tells an empty text from none; DuckDB does not.
    `select * replace (coalesce(territory_id, '') as territory_id, coalesce(leaf, '') as leaf) from answered_group`,
  );
}

const isAsked = ({ network, indicator, cut }: Asked) =>
  `(cut = '${cut}' and network_id = '${network}'${indicator === null ? '' : ` and indicator_id = '${indicator}'`})`;

/** A quantile has seven decimals where it stands between two values of six: twice it has six. */
const twice = (value: number | null) => (value === null ? null : millionths(Number((2 * value).toFixed(6))));

const cellsOf = (group: Group): Cell[] => [
  group.indicator.id,
  group.definition,
  group.period,
  (group.departement ?? group.region)?.id ?? '',
  group.density ?? (group.setting === 'OVERSEAS' ? group.setting : ''),
  group.results,
  group.withheld,
  group.basis,
  millionths(group.value),
  millionths(group.numerator),
  millionths(group.denominator),
  group.respondents,
  millionths(group.lowest),
  millionths(group.highest),
  twice(group.lowerQuartile),
  twice(group.median),
  twice(group.upperQuartile),
  group.coverage?.publishing ?? null,
  group.coverage?.expected ?? null,
];
