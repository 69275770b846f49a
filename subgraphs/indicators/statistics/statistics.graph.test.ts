import { expect, test } from 'vitest';
import { encodeCursor } from '../../../kernel/graphql/connection.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators } from '../fixtures/ask.ts';

const ask = await askIndicators();
const stats = async (args: string, fields: string) => {
  const { data, errors } = await ask(`{ resultStats(${args}) { ${fields} } }`);
  expect(errors).toBeUndefined();
  return data.resultStats;
};
const SATISFACTION_2024 = 'filter: { indicators: ["IND-SATISFACTION"], period: "2024" }';

test('networks side by side on one indicator and period: values by their basis, spread, what is withheld', async () => {
  const { totalCount, nodes } = await stats(
    `${SATISFACTION_2024}, groupBy: [NETWORK]`,
    `totalCount nodes {
       network { id } indicator { id } definition unit period unitLevel results withheld
       coverage { publishing expected } value basis numerator denominator respondents distribution { unfavourable }
       interval { low high method } lowest lowerQuartile median upperQuartile highest
       deciles { weight units respondents d1 d9 range } }`,
  );
  expect(totalCount).toBe(nodes.length);
  const ofNetwork = (id: string) =>
    nodes.find(({ network }: { network: { id: string } }) => network.id === id);
  expect(ofNetwork('NET-crous')).toEqual({
    network: { id: 'NET-crous' },
    indicator: { id: 'IND-SATISFACTION' },
    definition: 1,
    unit: 'PERCENT',
    period: '2024',
    unitLevel: 'SITE',
    results: 50,
    withheld: 0,
    coverage: { publishing: 50, expected: 50 },
    // Fifty sites from 50 to 99, a hundred answers each.
    value: 74.5,
    basis: 'COMPUTED_WEIGHTED',
    numerator: 3725,
    denominator: 5000,
    respondents: 5000,
    distribution: { unfavourable: 1275 },
    interval: { low: 73.27, high: 75.69, method: 'WILSON' },
    lowest: 50,
    lowerQuartile: 62,
    median: 74.5,
    upperQuartile: 87,
    highest: 99,
    deciles: { weight: 'UNITS', units: 50, respondents: 5000, d1: 54.5, d9: 94.5, range: 40 },
  });
  // One of the two does not tell its counts.
  expect(ofNetwork('NET-caf')).toMatchObject({
    unitLevel: 'DEPARTEMENT',
    results: 2,
    value: 63,
    basis: 'COMPUTED_UNWEIGHTED',
    numerator: null,
    respondents: null,
    distribution: null,
    interval: null,
    median: 63,
  });
  // One of few answers, and the one beside it: nothing is told but that they are there.
  expect(ofNetwork('NET-police')).toMatchObject({
    results: 0,
    withheld: 2,
    coverage: { publishing: 2, expected: 4 },
    value: null,
    basis: null,
    respondents: null,
    lowest: null,
    median: null,
    deciles: null,
  });
});

test('by place: régions with their départements, surroundings, kinds of structure; nothing known is a group', async () => {
  const places = async (groupBy: string) => {
    const { nodes } = await stats(
      `filter: { networks: ["NET-caf"], indicators: ["IND-SATISFACTION"], period: "2024" }, groupBy: [${groupBy}]`,
      'nodes { region { id } departement { id } setting density typology results value coverage { publishing expected } }',
    );
    return nodes;
  };
  const place = { region: null, departement: null, setting: null, density: null, typology: null };
  const [region, nord, pas] = [{ id: 'REG-32' }, { id: 'DEP-59' }, { id: 'DEP-62' }];
  const one = { results: 1, coverage: { publishing: 1, expected: 1 } };
  expect(await places('')).toMatchObject([{ ...place, results: 2, value: 63 }]);
  expect(await places('REGION')).toMatchObject([{ ...place, region, results: 2, value: 63 }]);
  expect(await places('DEPARTEMENT')).toEqual([
    { ...place, region, departement: nord, ...one, value: 60 },
    { ...place, region, departement: pas, ...one, value: 66 },
  ]);
  expect(await places('SETTING')).toMatchObject([
    { ...place, setting: 'RURAL', value: 66, coverage: { publishing: 1, expected: 2 } },
    { ...place, setting: 'URBAN', value: 60, coverage: { publishing: 1, expected: 2 } },
  ]);
  expect(await places('DENSITY')).toMatchObject([
    { ...place, setting: 'RURAL', density: 'SPARSE', value: 66 },
    { ...place, setting: 'URBAN', density: 'DENSE', value: 60 },
  ]);
  // No figure is made of two cuts at once.
  expect(await places('REGION, SETTING')).toMatchObject([
    { ...place, region, setting: 'RURAL', coverage: null },
    { ...place, region, setting: 'URBAN', coverage: null },
  ]);
  expect(await places('TYPOLOGY')).toMatchObject([{ ...place, results: 2, value: 63, coverage: null }]);
});

test('definitions are never mixed, and a gap is to the period before under the same one', async () => {
  const { nodes } = await stats(
    'filter: { networks: ["NET-police"], indicators: ["IND-DELAI-POLICE"], from: "2023", to: "2025" }, groupBy: [YEAR]',
    'nodes { period definition value gapToPrevious }',
  );
  expect(nodes).toEqual([
    { period: '2023', definition: 1, value: 16, gapToPrevious: null },
    { period: '2024', definition: 1, value: 14.8675, gapToPrevious: -1.1325 },
    { period: '2025', definition: 2, value: 10, gapToPrevious: null },
  ]);
});

test('no mean of averages, nothing of all services together, nothing of online procedures', async () => {
  const { nodes } = await stats(
    `filter: { indicators: ["IND-MSA-ACCUEIL", "IND-BAROMETRE-TRANSPARENCE", "IND-QUALITE_DEMARCHES"] },
     groupBy: [NETWORK, INDICATOR, PERIOD]`,
    'nodes { indicator { id } unitLevel results value basis median }',
  );
  expect(nodes).toEqual([
    {
      indicator: { id: 'IND-MSA-ACCUEIL' },
      unitLevel: 'NATIONAL',
      results: 1,
      value: null,
      basis: null,
      median: 72,
    },
  ]);
});

test('a territory, a setting or nothing at all', async () => {
  const count = async (filter: string) => {
    const { totalCount, nodes, pageInfo } = await stats(
      `filter: { networks: ["NET-france-travail"], indicators: ["IND-SATISFACTION"], period: "2024", ${filter} }, groupBy: []`,
      'totalCount nodes { results } pageInfo { hasNextPage endCursor }',
    );
    expect(pageInfo.hasNextPage).toBe(false);
    return [totalCount, ...nodes.map(({ results }: { results: number }) => results)];
  };
  expect(await count('')).toEqual([1, 5]);
  expect(await count('territory: "FR"')).toEqual([1, 5]);
  expect(await count('territory: "REG-32"')).toEqual([1, 3]);
  expect(await count('territory: "DEP-62"')).toEqual([1, 2]);
  expect(await count('setting: RURAL')).toEqual([1, 1]);
  expect(await count('density: DENSE')).toEqual([0]);
  expect(await count('territory: "COM-00000"')).toEqual([0]);
  // Its site is in an arrondissement.
  for (const id of ['COM-59350', 'COM-59351']) expect(await count(`territory: "${id}"`)).toEqual([1, 1]);
  expect(await count('from: "2025"')).toEqual([0]);
});

test('page after page, every group once, one statement each', async () => {
  const args =
    'filter: { networks: ["NET-crous", "NET-caf"] }, groupBy: [NETWORK, INDICATOR, PERIOD, DEPARTEMENT]';
  const fields = 'totalCount nodes { period value } pageInfo { hasNextPage hasPreviousPage endCursor }';
  const whole = await stats(`${args}, first: 200`, fields);
  expect(whole.nodes).toHaveLength(whole.totalCount);
  const found = [];
  let page = { pageInfo: { hasNextPage: true, endCursor: '' } };
  for (let after = ''; page.pageInfo.hasNextPage; after = `, after: "${page.pageInfo.endCursor}"`) {
    const { result, statements } = await countStatements(() => stats(`${args}, first: 7${after}`, fields));
    expect(statements).toHaveLength(1);
    expect(result.totalCount).toBe(whole.totalCount);
    found.push(...result.nodes);
    page = result;
  }
  expect(found).toEqual(whole.nodes);
});

test.each([
  [
    'several indicators in a group',
    'filter: { networks: ["NET-caf"], period: "2024" }, groupBy: [NETWORK]',
    /INDICATOR.*filter\.indicators/,
  ],
  ['several networks in a group', `${SATISFACTION_2024}, groupBy: [REGION]`, /NETWORK.*filter\.networks/],
  [
    'two networks in a group',
    'filter: { networks: ["NET-caf", "NET-crous"], indicators: ["IND-SATISFACTION"], period: "2024" }, groupBy: [REGION]',
    /NETWORK.*filter\.networks/,
  ],
  [
    'several periods in a group',
    'filter: { networks: ["NET-caf"], from: "2023", to: "2024" }, groupBy: [INDICATOR]',
    /PERIOD or YEAR.*filter\.period/,
  ],
  ['everything', 'filter: { period: "2024" }, groupBy: [NETWORK, INDICATOR]', /filter\.networks/],
  ['a dimension twice', `${SATISFACTION_2024}, groupBy: [NETWORK, NETWORK]`, /different dimensions/],
  ['two times', `${SATISFACTION_2024}, groupBy: [NETWORK, PERIOD, YEAR]`, /not both/],
  ['no period', 'filter: { networks: ["NET-caf"], period: "hier" }, groupBy: [INDICATOR]', /Unknown period/],
  ['first: 201', `${SATISFACTION_2024}, groupBy: [NETWORK], first: 201`, /between 1 and 200/],
  ['noise', `${SATISFACTION_2024}, groupBy: [NETWORK], after: "noise"`, /cursor/],
])('refuses %s', async (_case, args, message) => {
  const { errors } = await ask(`{ resultStats(${args}) { totalCount } }`);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
  expect(errors[0].message).toMatch(message);
});

/** A cursor of the list of networks, sealed as the hub does it. */
const sealed = (key: (string | null)[]) => {
  const filter = {
    networks: null,
    indicators: ['IND-SATISFACTION'],
    period: { label: '2024', grain: 'YEAR', start: '2024-01-01', end: '2024-12-31' },
    from: null,
    to: null,
    territory: null,
    setting: null,
    density: null,
  };
  return encodeCursor(JSON.stringify(['resultStats', filter, ['NETWORK']]), key);
};
const afterKey = (key: (string | null)[]) =>
  ask(
    `{ resultStats(${SATISFACTION_2024}, groupBy: [NETWORK], first: 1, after: "${sealed(key)}") { nodes { network { id } } } }`,
  );

test.each([
  [['NET-caf', 'IND-SATISFACTION', "2024'; drop table x; --", 'YEAR', '1']],
  [['NET-caf', 'IND-SATISFACTION', '2024-01-01', 'YEAR', 'one']],
  [['NET-caf', 'IND-SATISFACTION', '2024-01-01', 'YEAR', '9999999999']],
  [['NET-caf', 'IND-SATISFACTION', '2024-01-01', 'YEAR']],
  [[null, 'IND-SATISFACTION', '2024-01-01', 'YEAR', '1']],
])('refuses a cursor that somebody else sealed over %j', async (key) => {
  const { errors } = await afterKey(key);
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('a cursor is the key of a group, whether or not that is still there', async () => {
  const { data } = await afterKey(['NET-caf', 'IND-SATISFACTION', '2024-01-01', 'YEAR', '1']);
  expect(data.resultStats.nodes).toEqual([{ network: { id: 'NET-crous' } }]);
  const gone = await afterKey(['NET-cb', 'IND-ANY', '2024-01-01', 'YEAR', '9']);
  expect(gone.data).toEqual(data);
});
