import { expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { askIndicators, on } from '../fixtures/ask.ts';
import { LEAN_FIELDS } from './figures.type.ts';

const ask = await askIndicators();

const network = async (id: string, fields: string) => {
  const { data, errors } = await ask(on('Network', id, fields));
  expect(errors).toBeUndefined();
  return data._entities[0];
};
const territory = async (id: string, fields: string) => {
  const { data, errors } = await ask(on('Territory', id, fields));
  expect(errors).toBeUndefined();
  return data._entities[0];
};

test('one figure: the latest of the nation by default, or of a period and a territory', async () => {
  const fields =
    '{ period value basis coverage { publishing expected } territory { id } provenance { file } }';
  const found = await network(
    'NET-france-travail',
    `latest: figure(indicator: "IND-SATISFACTION") ${fields}
     north: figure(indicator: "IND-SATISFACTION", territory: "REG-32", period: "2024") ${fields}
     never: figure(indicator: "IND-SATISFACTION", period: "2019") ${fields}
     unknown: figure(indicator: "IND-NONE") ${fields}`,
  );
  expect(found).toEqual({
    latest: {
      period: '2025',
      value: 76.625,
      basis: 'COMPUTED_UNWEIGHTED',
      coverage: { publishing: 2, expected: 6 },
      territory: { id: 'FR' },
      provenance: { file: 'resultats.csv' },
    },
    north: {
      period: '2024',
      value: 76.666667,
      basis: 'COMPUTED_UNWEIGHTED',
      coverage: { publishing: 3, expected: 3 },
      territory: { id: 'REG-32' },
      provenance: { file: 'resultats.csv' },
    },
    never: null,
    unknown: null,
  });
});

const MAP =
  '{ period totalCount nodes { period value basis coverage { publishing } provenance { file } territory { id } } }';

test('a map has one period, the latest that most territories have; the others have no value', async () => {
  const { figures } = await network(
    'NET-france-travail',
    `figures(indicator: "IND-SATISFACTION", level: DEPARTEMENT, orderBy: VALUE_ASC) ${MAP}`,
  );
  expect(figures.period).toBe('2024');
  expect(figures.totalCount).toBe(4);
  expect(
    figures.nodes.map((node: { territory: { id: string }; value: number }) => [
      node.territory.id,
      node.value,
    ]),
  ).toEqual([
    ['DEP-38', 60],
    ['DEP-62', 75],
    ['DEP-59', 80],
    ['DEP-01', 90],
  ]);
  const asked = (
    await network(
      'NET-france-travail',
      `figures(indicator: "IND-SATISFACTION", level: DEPARTEMENT, period: "2025") ${MAP}`,
    )
  ).figures;
  expect(asked.period).toBe('2025');
  expect(asked.totalCount).toBe(4);
  expect(asked.nodes[0]).toMatchObject({ territory: { id: 'DEP-62' }, value: 76.625 });
  expect(asked.nodes[1]).toEqual({
    period: '2025',
    value: null,
    basis: null,
    coverage: null,
    provenance: null,
    territory: { id: 'DEP-01' },
  });
});

test('a map within a région, in the order of ranks, page by page', async () => {
  const page = (first: number, after: string | null) =>
    network(
      'NET-france-travail',
      `figures(indicator: "IND-SATISFACTION", level: DEPARTEMENT, within: "REG-32", first: ${first}, after: ${JSON.stringify(after)})
       { totalCount nodes { territory { id } } pageInfo { endCursor hasNextPage } }`,
    );
  const first = (await page(1, null)).figures;
  expect(first).toMatchObject({
    totalCount: 2,
    nodes: [{ territory: { id: 'DEP-59' } }],
    pageInfo: { hasNextPage: true },
  });
  const second = (await page(1, first.pageInfo.endCursor)).figures;
  expect(second).toMatchObject({
    nodes: [{ territory: { id: 'DEP-62' } }],
    pageInfo: { hasNextPage: false },
  });
});

test('RANK puts the best first when lower is better', async () => {
  const { figures } = await network(
    'NET-police',
    `figures(indicator: "IND-DELAI-POLICE", level: REGION, period: "2024") ${MAP}`,
  );
  expect(figures.nodes.map((node: { value: number }) => node.value)).toEqual([13.735, 16]);
});

test('what no figure is made of is refused or empty', async () => {
  const refused = await ask(
    on('Network', 'NET-caf', `figures(indicator: "IND-SATISFACTION", level: COMMUNE) ${MAP}`),
  );
  expect(refused.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  const tooMany = await ask(
    on('Network', 'NET-caf', `figures(indicator: "IND-SATISFACTION", level: REGION, first: 201) ${MAP}`),
  );
  expect(tooMany.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  expect(
    (await network('NET-caf', `figures(indicator: "IND-EFFORT", level: REGION) ${MAP}`)).figures,
  ).toEqual({
    period: null,
    totalCount: 0,
    nodes: [],
  });
});

test('figures of a territory share one period; what was not published then has no value', async () => {
  const fields = '{ indicator { id } network { id } period value }';
  const found = await territory('DEP-62', `figures ${fields} caf: figures(network: "NET-caf") ${fields}`);
  // 2024 is the latest year that most of the list has.
  expect(new Set(found.figures.map((figure: { period: string }) => figure.period))).toEqual(
    new Set(['2024']),
  );
  expect(found.figures).toContainEqual({
    indicator: { id: 'IND-SATISFACTION' },
    network: { id: 'NET-france-travail' },
    period: '2024',
    value: 75,
  });
  expect(found.figures).toContainEqual({
    indicator: { id: 'IND-PE-SATISFACTION' },
    network: { id: 'NET-pole-emploi' },
    period: '2024',
    value: null,
  });
  expect(found.caf).toEqual([
    { indicator: { id: 'IND-SATISFACTION' }, network: { id: 'NET-caf' }, period: '2024', value: 66 },
  ]);
});

test('figures of chosen indicators and a period; a commune has none', async () => {
  const fields = '{ indicator { id } network { id } value provenance { source file } }';
  const found = await territory(
    'FR',
    `figures(indicators: ["IND-BAROMETRE-SATISFACTION"], period: "2020") ${fields}`,
  );
  expect(found.figures).toEqual([
    {
      indicator: { id: 'IND-BAROMETRE-SATISFACTION' },
      network: null,
      value: 76,
      provenance: { source: 'Réseaux', file: 'resultats.csv' },
    },
  ]);
  expect((await territory('FR', `figures(indicators: []) ${fields}`)).figures).toEqual([]);
  expect((await territory('COM-62080', `figures ${fields}`)).figures).toEqual([]);
});

test('a figure explains itself: formula, parts, coverage and files', async () => {
  const fields =
    '{ value interval { low high } distribution { favourable veryFavourable } explain { formula basis parts withheld coverage { publishing expected } sources { file source } } }';
  const { figure } = await network(
    'NET-crous',
    `figure(indicator: "IND-SATISFACTION", territory: "DEP-62") ${fields}`,
  );
  // 12 sites, of 53, 57 … 97 favourable answers out of 100.
  expect(figure).toEqual({
    value: 75,
    interval: { low: 72.47, high: 77.37 },
    distribution: { favourable: 240, veryFavourable: 660 },
    explain: {
      formula: '100 × (very favourable + favourable answers) / all answers',
      basis: 'COMPUTED_WEIGHTED',
      parts: 12,
      withheld: 0,
      coverage: { publishing: 12, expected: 12 },
      sources: [{ file: 'resultats.csv', source: 'Réseaux' }],
    },
  });
});

test('withheld parts are counted, a published figure has none, and one without value explains nothing', async () => {
  const explain = '{ basis explain { parts withheld sources { file } } }';
  const police = await network('NET-police', `figure(indicator: "IND-SATISFACTION") ${explain}`);
  expect(police.figure.explain).toMatchObject({
    parts: 2,
    withheld: expect.any(Number),
    sources: [{ file: 'resultats.csv' }],
  });
  expect(police.figure.explain.withheld).toBeGreaterThan(0);
  const caf = await network(
    'NET-caf',
    `figure(indicator: "IND-SATISFACTION", territory: "DEP-59") ${explain}`,
  );
  expect(caf.figure).toEqual({
    basis: 'PUBLISHED',
    explain: { parts: 0, withheld: 0, sources: [{ file: 'resultats.csv' }] },
  });
  const map = await network(
    'NET-france-travail',
    `figures(indicator: "IND-SATISFACTION", level: REGION, period: "2019") { nodes ${explain} }`,
  );
  expect(map.figures.nodes).toEqual([
    { basis: null, explain: null },
    { basis: null, explain: null },
  ]);
});

const NETWORKS = ['NET-caf', 'NET-france-travail', 'NET-crous', 'NET-police', 'NET-msa'];
const mapsOf = (args: string, fields: string) =>
  ask(
    `query ($networks: [_Any]!) { _entities(representations: $networks) { ... on Network {
      figures(indicator: "IND-SATISFACTION", level: REGION, first: 100${args}) { nodes { ${fields} } } } } }`,
    { networks: NETWORKS.map((id) => ({ __typename: 'Network', id })) },
  );

test.each([
  ['of a period: their places, their figures and the indicator', ', period: "2024"', 3],
  ['of the period that most have, which takes another statement', '', 4],
])('the maps of every network, %s', async (_case, args, expected) => {
  const { result, statements } = await countStatements(() =>
    mapsOf(args, 'territory { id } value basis respondents'),
  );
  expect(result.errors).toBeUndefined();
  expect(statements).toHaveLength(expected);
});

test('a map of which little is asked says the same of it', async () => {
  const { data } = await ask('{ __type(name: "Figure") { fields { name } } }');
  const names: string[] = data.__type.fields.map(({ name }: { name: string }) => name);
  const little = names.filter((name) => LEAN_FIELDS.has(name));
  expect(little.length).toBeGreaterThan(5);
  const fields = little.map((name) =>
    /^(territory|network|structure|site)$/.test(name) ? `${name} { id }` : name,
  );
  for (const args of ['', ', period: "2024"', ', period: "2019"']) {
    const lean = await mapsOf(args, fields.join(' '));
    const whole = await mapsOf(args, `${fields.join(' ')} numerator`);
    const withoutMore = JSON.parse(JSON.stringify(whole), (key, value) =>
      key === 'numerator' ? undefined : value,
    );
    expect(lean.errors).toBeUndefined();
    expect(lean).toEqual(withoutMore);
    expect(JSON.stringify(lean)).toContain('"value":');
  }
});

test('what a structure or a site published itself, the latest first', async () => {
  const results = async (type: string, id: string, args: string) => {
    const { data, errors } = await ask(
      on(type, id, `results${args} { period value indicator { id } network { id } }`),
    );
    expect(errors).toBeUndefined();
    return data._entities[0].results.map((row: { period: string; value: number }) => [row.period, row.value]);
  };
  expect(await results('Structure', 'STR-caf-62', '')).toEqual([
    ['2024', 66],
    ['2023', 64],
  ]);
  expect(await results('Site', 'SITE-bapaume', '')).toEqual([
    ['2025', 75.25],
    ['2024', 70],
    ['2023', 65],
    ['2018', 78.5],
  ]);
  expect(await results('Site', 'SITE-bapaume', '(period: "2024")')).toEqual([['2024', 70]]);
  expect(await results('Site', 'SITE-bapaume', '(indicators: ["IND-PE-SATISFACTION"])')).toEqual([
    ['2018', 78.5],
  ]);
  expect(await results('Site', 'SITE-silent', '')).toEqual([]);
});
