import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators, on } from '../fixtures/ask.ts';
import { MANY_SITES } from '../fixtures/places.ts';

const ask = await askIndicators();

const site = async (id: string, fields: string, type = 'Site') => {
  const { data, errors } = await ask(on(type, id, fields));
  expect(errors).toBeUndefined();
  return data._entities[0];
};
const compare = async (id: string, args: string, fields: string, type = 'Site') =>
  (await site(id, `comparison(${args}) { ${fields} }`, type)).comparison;

test('the screenshot of the kit: Bapaume, its extremes and its gap', async () => {
  const found = await compare(
    'SITE-bapaume',
    'indicator: "IND-PE-SATISFACTION", period: "2018"',
    `period indicator { title } local { value network { id } site { id } basis provenance { source file row publishedOn } }
     departement { value } lowest { value basis site { id } coverage { publishing } provenance { file row } }
     highest { value } national { value basis } median rank of gapToNational betterThanNational`,
  );
  expect(found).toMatchObject({
    period: '2018',
    local: {
      value: 78.5,
      network: { id: 'NET-pole-emploi' },
      site: { id: 'SITE-bapaume' },
      basis: 'PUBLISHED',
      provenance: { source: 'Réseaux', file: 'resultats.csv', row: 2, publishedOn: '2019-01-15' },
    },
    lowest: { value: 55.1, basis: 'PUBLISHED', site: null, provenance: { file: 'resultats.csv', row: 900 } },
    highest: { value: 91 },
    national: { value: 75.4, basis: 'PUBLISHED' },
    gapToNational: 3.1,
    betterThanNational: true,
  });
  // The other sites of the network are unknown: nobody can be ranked.
  expect(found).toMatchObject({ rank: null, of: null, median: null });
});

test('the latest local period holds at every level; ranks, extremes and target come with it', async () => {
  const found = await compare(
    'SITE-bapaume',
    'indicator: "IND-SATISFACTION"',
    `period local { value } departement { value coverage { publishing expected } } region { value } national { value basis }
     lowest { value site { id } } highest { value site { id } } median rank of target
     gapToDepartement gapToRegion gapToNational betterThanNational`,
  );
  expect(found).toEqual({
    period: '2025',
    local: { value: 75.25 },
    departement: { value: 76.625, coverage: { publishing: 2, expected: 2 } },
    region: { value: 76.625 },
    national: { value: 76.625, basis: 'COMPUTED_UNWEIGHTED' },
    lowest: { value: 75.25, site: { id: 'SITE-bapaume' } },
    highest: { value: 78, site: { id: 'SITE-arras' } },
    median: 76.625,
    rank: 2,
    of: 2,
    target: 80.5,
    gapToDepartement: -1.375,
    gapToRegion: -1.375,
    gapToNational: -1.375,
    betterThanNational: false,
  });
});

test('ties share a rank', async () => {
  const rank = async (id: string) =>
    (await compare(id, 'indicator: "IND-SATISFACTION", period: "2024"', 'rank of')).rank;
  expect(
    await Promise.all(
      ['belley', 'arras', 'lille', 'bapaume', 'grenoble'].map((name) => rank(`SITE-${name}`)),
    ),
  ).toEqual([1, 2, 2, 4, 5]);
});

test('lower is better: the smaller delay has the better rank', async () => {
  const fields = 'local { value unit } lowest { value } rank of betterThanNational gapToNational';
  const args = 'indicator: "IND-DELAI-POLICE", period: "2024"';
  expect(await compare('SITE-p2', args, fields)).toMatchObject({ rank: 1, of: 4, betterThanNational: true });
  expect(await compare('SITE-p1', args, fields)).toEqual({
    local: { value: 15.47, unit: 'MINUTES' },
    lowest: { value: 12 },
    rank: 3,
    of: 4,
    betterThanNational: false,
    gapToNational: 0.6025,
  });
});

test('a site shows the result of the structure above its own, up to the finest level of its network', async () => {
  const found = await compare(
    'SITE-caf-62',
    'indicator: "IND-SATISFACTION"',
    'period local { value structure { id } inheritedFrom { id } respondents } target rank of',
  );
  expect(found).toEqual({
    period: '2024',
    local: { value: 66, structure: { id: 'STR-caf-62' }, inheritedFrom: { id: 'DEP-62' }, respondents: 100 },
    target: 72,
    rank: 1,
    of: 2,
  });
});

test('a site whose network publishes by département only shows that figure and says so', async () => {
  const found = await compare(
    'SITE-caf-59',
    'indicator: "IND-SATISFACTION"',
    'local { value inheritedFrom { id } territory { id } site { id } } departement { value } target',
  );
  expect(found).toEqual({
    local: { value: 60, inheritedFrom: { id: 'DEP-59' }, territory: { id: 'DEP-59' }, site: null },
    departement: { value: 60 },
    target: 70,
  });
});

test('a network that publishes nationally only gives its national figure to every site', async () => {
  const found = await compare(
    'SITE-ants',
    'indicator: "IND-SATISFACTION"',
    'local { value inheritedFrom { id } } gapToNational',
  );
  expect(found).toEqual({ local: { value: 68, inheritedFrom: { id: 'FR' } }, gapToNational: 0 });
});

test('without a local figure the nation’s latest period is shown; without any figure nothing is', async () => {
  const fields =
    'period local { value } national { value } gapToNational rank betterThanNational evolution { period }';
  expect(await compare('SITE-silent', 'indicator: "IND-SATISFACTION"', fields)).toEqual({
    period: '2025',
    local: null,
    national: { value: 76.625 },
    gapToNational: null,
    rank: null,
    betterThanNational: null,
    evolution: [],
  });
  expect(await compare('SITE-silent', 'indicator: "IND-EFFORT"', fields)).toBeNull();
  expect(await compare('SITE-nowhere', 'indicator: "IND-SATISFACTION"', fields)).toBeNull();
  expect(await site('SITE-silent', 'comparisons { period }')).toEqual({ comparisons: [] });
});

test('a withheld result says so and tells nothing else', async () => {
  const found = await compare(
    'SITE-p4',
    'indicator: "IND-SATISFACTION"',
    'local { value suppressed numerator denominator respondents distribution { favourable } interval { low } } rank gapToNational',
  );
  expect(found).toEqual({
    local: {
      value: null,
      suppressed: 'SMALL_SAMPLE',
      numerator: null,
      denominator: null,
      respondents: null,
      distribution: null,
      interval: null,
    },
    rank: null,
    gapToNational: null,
  });
});

test('evolution goes through the former network and through definitions, and marks both breaks', async () => {
  const fields = 'period value network { id } seriesBreak { kind from to }';
  expect(
    (await compare('SITE-bapaume', 'indicator: "IND-SATISFACTION"', `evolution(from: "2020") { ${fields} }`))
      .evolution,
  ).toEqual([
    { period: '2023', value: 65, network: { id: 'NET-pole-emploi' }, seriesBreak: null },
    {
      period: '2024',
      value: 70,
      network: { id: 'NET-france-travail' },
      seriesBreak: { kind: 'NETWORK', from: 'NET-pole-emploi', to: 'NET-france-travail' },
    },
    { period: '2025', value: 75.25, network: { id: 'NET-france-travail' }, seriesBreak: null },
  ]);
  const police = await compare(
    'SITE-p1',
    'indicator: "IND-DELAI-POLICE"',
    `local { seriesBreak { kind } } evolution(to: "2025") { ${fields} }`,
  );
  expect(police.local.seriesBreak).toEqual({ kind: 'DEFINITION' });
  expect(police.evolution.map((figure: { seriesBreak: unknown }) => figure.seriesBreak)).toEqual([
    null,
    null,
    { kind: 'DEFINITION', from: '1', to: '2' },
  ]);
});

test('evolution of a level', async () => {
  const { evolution } = await compare(
    'SITE-bapaume',
    'indicator: "IND-SATISFACTION"',
    'evolution(scope: NATIONAL, from: "2024", to: "2025") { period value territory { id } }',
  );
  expect(evolution).toEqual([
    { period: '2024', value: 76, territory: { id: 'FR' } },
    { period: '2025', value: 76.625, territory: { id: 'FR' } },
  ]);
});

test('comparisons: every indicator with a local figure, of one family, of one period', async () => {
  const list = async (args: string) =>
    (await site('SITE-bapaume', `comparisons${args} { indicator { id } period }`)).comparisons;
  expect(await list('')).toEqual([
    { indicator: { id: 'IND-PE-SATISFACTION' }, period: '2018' },
    { indicator: { id: 'IND-SATISFACTION' }, period: '2025' },
  ]);
  expect(await list('(family: PERFORMANCE)')).toEqual([]);
  expect(await list('(period: "2024")')).toEqual([{ indicator: { id: 'IND-SATISFACTION' }, period: '2024' }]);
});

test('a structure compares as a site does', async () => {
  const fields =
    'local { value structure { id } inheritedFrom { id } } departement { value } gapToDepartement';
  expect(await compare('STR-caf-62', 'indicator: "IND-SATISFACTION"', fields, 'Structure')).toEqual({
    local: { value: 66, structure: { id: 'STR-caf-62' }, inheritedFrom: null },
    departement: { value: 66 },
    gapToDepartement: 0,
  });
});

test.each([
  ['a control character', 'indicator: "IND\\u0000"'],
  ['a text direction', 'indicator: "IND\\u202e"'],
  ['no period', 'indicator: "IND-SATISFACTION", period: "last year"'],
])('refuses %s', async (_case, args) => {
  const { errors } = await ask(on('Site', 'SITE-bapaume', `comparison(${args}) { period }`));
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

test('refuses half a character, which only a variable can hold', async () => {
  const query = 'query ($indicator: ID!) { indicator(id: $indicator) { id } }';
  const { errors } = await ask(query, { indicator: 'IND-\ud800' });
  expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
});

const PAGE = `query ($sites: [_Any]!) { _entities(representations: $sites) { ... on Site {
  comparisons { indicator { userTitle commitments { id } } period target
    local { value respondents seriesBreak { kind } provenance { file } }
    departement { value basis provenance { file } } region { value } national { value provenance { source } }
    lowest { value provenance { file } } highest { value } median rank of gapToNational gapUncertainty { low high } betterThanNational
    evolution { period value } } } } }`;
const LEAN = `query ($sites: [_Any]!) { _entities(representations: $sites) { ... on Site {
  comparisons(family: SATISFACTION) { indicator { userTitle } period local { value provenance { file } }
    departement { value basis provenance { file } } region { value provenance { file } }
    national { value provenance { file } } lowest { value } highest { value } rank of gapToNational } } } }`;

test.each([
  ['levels, ranks, definitions and provenance', LEAN, 6],
  ['everything', PAGE, 9],
])('the number of statements does not depend on the number of sites: %s', async (_case, query, expected) => {
  const count = async (ids: readonly string[]) => {
    const sites = ids.map((id) => ({ __typename: 'Site', id }));
    const { result, statements } = await countStatements(() => ask(query, { sites }));
    expect(result.errors).toBeUndefined();
    expect(result.data._entities.every((row: { comparisons: unknown[] }) => row.comparisons.length > 0)).toBe(
      true,
    );
    return statements.length;
  };
  expect(await count(MANY_SITES.slice(0, 1))).toBe(expected);
  expect(await count(MANY_SITES)).toBe(expected);
});

test.each([
  ['Site', MANY_SITES],
  ['Structure', ['STR-caf-62', 'STR-caf-59']],
])('a page that asks little of figures reads them at once, and says the same: %s', async (type, ids) => {
  const figure =
    '{ value basis suppressed respondents period territory { id } site { id } structure { id } }';
  const page = (
    more: string,
  ) => `query ($places: [_Any]!) { _entities(representations: $places) { ... on ${type} {
    comparisons { indicator { userTitle } period local { value respondents ${more} } departement ${figure}
      region ${figure} national ${figure} lowest ${figure} highest ${figure} median gapToNational gapToRegion
      betterThanNational } } } }`;
  const places = ids.map((id) => ({ __typename: type, id }));
  const { result: lean, statements } = await countStatements(() => ask(page(''), { places }));
  expect(statements).toHaveLength(3);
  expect(lean.errors).toBeUndefined();
  const whole = await ask(page('numerator'), { places });
  expect(lean.data).toEqual(
    JSON.parse(JSON.stringify(whole.data), (key, value) => (key === 'numerator' ? undefined : value)),
  );
  const text = JSON.stringify(lean);
  for (const level of ['departement', 'region', 'national', 'lowest', 'highest'])
    expect(text).toMatch(new RegExp(`"${level}":\\{"value":\\d`));
});
