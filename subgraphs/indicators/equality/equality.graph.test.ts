import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators, on } from '../fixtures/ask.ts';
import { MANY_SITES } from '../fixtures/places.ts';

const ask = await askIndicators();
const entity = async (type: string, id: string, fields: string) => {
  const { data, errors } = await ask(on(type, id, fields));
  expect(errors).toBeUndefined();
  return data._entities[0];
};
const PEERS = 'peers { criteria density volume rank of median lowest highest gapToMedian }';

test('peers beside the raw rank: fifty sites that answer for as many users, of unknown density', async () => {
  const { comparison } = await entity(
    'Site',
    'SITE-u10',
    `comparison(indicator: "IND-SATISFACTION", period: "2024") { rank of ${PEERS} }`,
  );
  expect(comparison).toEqual({
    rank: 41,
    of: 50,
    peers: {
      criteria: ['NETWORK', 'VOLUME'],
      density: null,
      volume: 'SMALL',
      rank: 41,
      of: 50,
      median: 74.5,
      lowest: 50,
      highest: 99,
      gapToMedian: -15.5,
    },
  });
});

test('too few peers: all of the network, and the criteria say so; lower is better', async () => {
  const { ranking } = await entity(
    'Network',
    'NET-police',
    'ranking(indicator: "IND-DELAI-POLICE", period: "2024") { nodes { rank peerRank peersOf peers { criteria volume median } site { id } } }',
  );
  const peers = { criteria: ['NETWORK'], volume: null, median: 13.735 };
  expect(ranking.nodes).toEqual([
    { rank: 1, peerRank: 1, peersOf: 4, peers, site: { id: 'SITE-p2' } },
    { rank: 1, peerRank: 1, peersOf: 4, peers, site: { id: 'SITE-p3' } },
    { rank: 3, peerRank: 3, peersOf: 4, peers, site: { id: 'SITE-p1' } },
    { rank: 4, peerRank: 4, peersOf: 4, peers, site: { id: 'SITE-p4' } },
  ]);
});

test.each([
  ['SITE-p4', 'IND-SATISFACTION', '2024', 'withheld'],
  ['SITE-caf-01', 'IND-SATISFACTION', '2024', 'without a figure'],
  ['SITE-caf-59', 'IND-SATISFACTION', '2024', 'of its territory'],
  ['SITE-bapaume', 'IND-PE-SATISFACTION', '2018', 'among units that the hub does not all know'],
])('%s has peers only where it has a rank: %s %s, %s', async (site, indicator, period) => {
  const { comparison } = await entity(
    'Site',
    site,
    `comparison(indicator: "${indicator}", period: "${period}") { rank ${PEERS} }`,
  );
  expect(comparison.peers === null).toBe(comparison.rank === null);
});

test('a page of a ranking, or of sites, costs one statement more with peers, whatever its length', async () => {
  const page = (first: number, fields: string) => () =>
    entity(
      'Network',
      'NET-crous',
      `ranking(indicator: "IND-SATISFACTION", first: ${first}) { nodes { rank ${fields} } }`,
    );
  const plain = await countStatements(page(50, ''));
  for (const first of [2, 50]) {
    const { statements } = await countStatements(page(first, `peerRank peersOf ${PEERS}`));
    expect(statements).toHaveLength(plain.statements.length + 1);
  }
  const sites = (fields: string) => () =>
    ask(
      `query ($sites: [_Any!]!) { _entities(representations: $sites) { ... on Site {
         comparison(indicator: "IND-SATISFACTION") { rank ${fields} } } } }`,
      { sites: MANY_SITES.map((id) => ({ __typename: 'Site', id })) },
    );
  const alone = await countStatements(sites(''));
  const among = await countStatements(sites(PEERS));
  expect(among.result.errors).toBeUndefined();
  expect(among.statements).toHaveLength(alone.statements.length + 1);
});

const FIGURE =
  'figure { value basis coverage { publishing expected } respondents suppressed territory { id } explain { formula } }';

test('deciles of units and of their users, rural and urban figures and their gap', async () => {
  const { equality } = await entity(
    'Network',
    'NET-caf',
    `equality(indicator: "IND-SATISFACTION", period: "2024") { period indicator { id }
       deciles { weight units respondents values d1 d9 range ratio } decilesByRespondents { d1 }
       bySetting { setting density ${FIGURE} } byDensity { setting density figure { value } } ruralUrbanGap
       ruralUrbanGapUncertainty { low high significant method level reason } }`,
  );
  expect(equality).toEqual({
    period: '2024',
    indicator: { id: 'IND-SATISFACTION' },
    // Two départements, 60 and 66; one does not tell its respondents.
    deciles: {
      weight: 'UNITS',
      units: 2,
      respondents: null,
      values: [60, 60, 60, 60, 63, 66, 66, 66, 66],
      d1: 60,
      d9: 66,
      range: 6,
      ratio: 1.1,
    },
    decilesByRespondents: null,
    bySetting: [
      {
        setting: 'RURAL',
        density: null,
        figure: {
          value: 66,
          basis: 'COMPUTED_WEIGHTED',
          coverage: { publishing: 1, expected: 2 },
          respondents: 100,
          suppressed: null,
          territory: null,
          explain: { formula: expect.any(String) },
        },
      },
      {
        setting: 'URBAN',
        density: null,
        figure: {
          value: 60,
          basis: 'COMPUTED_UNWEIGHTED',
          coverage: { publishing: 1, expected: 2 },
          respondents: null,
          suppressed: null,
          territory: null,
          explain: { formula: expect.any(String) },
        },
      },
    ],
    byDensity: [
      { setting: null, density: 'DENSE', figure: { value: 60 } },
      { setting: null, density: 'SPARSE', figure: { value: 66 } },
    ],
    ruralUrbanGap: 6,
    // The urban unit does not tell its respondents.
    ruralUrbanGapUncertainty: {
      low: null,
      high: null,
      significant: null,
      method: null,
      level: 95,
      reason: 'COUNTS_UNKNOWN',
    },
  });
});

test('within a territory deciles only; nothing published is null', async () => {
  const { caf, crous, none, unknown } = await entity(
    'Network',
    'NET-crous',
    `caf: equality(indicator: "IND-SATISFACTION", within: "DEP-62") { deciles { units } bySetting { setting } }
     crous: equality(indicator: "IND-SATISFACTION") { deciles { d1 d9 } decilesByRespondents { weight respondents d1 d9 } bySetting { setting } }
     none: equality(indicator: "IND-EFFORT") { period } unknown: equality(indicator: "IND-NONE") { period }`,
  );
  expect(caf).toEqual({ deciles: { units: 12 }, bySetting: [] });
  // Fifty sites from 50 to 99, a hundred users each; none of them stands in a known commune.
  expect(crous).toEqual({
    deciles: { d1: 54.5, d9: 94.5 },
    decilesByRespondents: { weight: 'RESPONDENTS', respondents: 5000, d1: 54.5, d9: 94.5 },
    bySetting: [],
  });
  expect([none, unknown]).toEqual([null, null]);
});
