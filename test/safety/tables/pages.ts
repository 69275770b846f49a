interface PageRow {
  name: string;
  query: string;
  variables: Record<string, unknown>;
  /** `BAD_USER_INPUT` when omitted. */
  code?: string;
}

/** Every list of the graph's roots that is read in pages, with sizes that no page has. */
const LISTS = [
  'sites',
  'structures',
  'territories',
  'indicators',
  'procedures',
  'testimonies',
  'labels',
  'impacts',
  'actionPlans',
  'simplificationReports',
];

/** Lists of places go up to 200. */
const SIZES = [0, -1, 201, -2_147_483_648];

export const PAGES: readonly PageRow[] = [
  ...LISTS.map((list, index) => ({
    name: `${list}(first: ${SIZES[index % SIZES.length]})`,
    query: `{ ${list}(first: ${SIZES[index % SIZES.length]}) { totalCount } }`,
    variables: {},
  })),
  ...SIZES.map((first) => ({
    name: `sites(first: $first) with ${first}`,
    query: 'query ($first: Int) { sites(first: $first) { nodes { id } } }',
    variables: { first },
  })),
  {
    name: 'sites(first: 101)',
    query: '{ sites(first: 101) { totalCount } }',
    variables: {},
  },
  {
    name: 'a size that nobody can pay for',
    query: 'query ($first: Int) { sites(first: $first) { nodes { id } } }',
    variables: { first: 2_147_483_647 },
    code: 'COST_LIMIT',
  },
  {
    name: 'a size deep in the graph',
    query: '{ territory(id: "DEP-62") { sites(first: 0) { nodes { id } } } }',
    variables: {},
  },
];
