import { describe, expect, test } from 'vitest';
import { countStatements } from '../../../test/kit/statements.ts';
import { openedOnSample } from '../fixtures/opened.ts';

const { ask, entities } = await openedOnSample();

interface Facet {
  dimension: string;
  others: number;
  values: { value: string | null; label: string; count: number; selected: boolean }[];
}

const FIELDS = 'dimension others values { value label count selected }';
const facets = async (
  filter: object,
  dimensions: readonly string[],
  most = 10,
): Promise<Record<string, unknown>> => {
  const { data, errors } = await ask(
    `query ($filter: TestimonyFilter, $facets: [TestimonyDimension!]!, $most: Int) {
       testimonyFacets(filter: $filter, facets: $facets, most: $most) { ${FIELDS} } }`,
    { filter, facets: dimensions, most },
  );
  expect(errors).toBeUndefined();
  return Object.fromEntries(
    data.testimonyFacets.map((facet: Facet) => [
      facet.dimension,
      [
        ...facet.values.map(({ value, count, selected }) => `${value} ${count}${selected ? ' *' : ''}`),
        ...(facet.others > 0 ? [`+${facet.others}`] : []),
      ],
    ]),
  );
};

describe('facets', () => {
  test('count the values of each dimension', async () => {
    expect(await facets({}, ['FEELING', 'NETWORK', 'TAG', 'CHANNEL', 'PROCEDURE', 'DEPARTEMENT'])).toEqual({
      FEELING: ['NEGATIVE 1', 'NEUTRAL 1', 'POSITIVE 1'],
      NETWORK: ['NET-caf 3', 'NET-france-travail 1'],
      TAG: ['relation 2', 'accessibilite 1', 'null 1'],
      CHANNEL: ['null 2', 'Guichet 1', 'Téléphone 1'],
      PROCEDURE: ['PROC-logement 1', 'inscription 1', 'null 1'],
      DEPARTEMENT: ['DEP-75 2', 'DEP-62 1'],
    });
  });

  test('leave out what the filter says of their own dimension, and nothing else', async () => {
    const filter = { feelings: ['NEGATIVE'], network: 'NET-caf', territory: 'DEP-75' };
    expect(await facets(filter, ['FEELING', 'NETWORK', 'DEPARTEMENT', 'STRUCTURE'])).toEqual({
      FEELING: ['NEGATIVE 1 *', 'NEUTRAL 1'],
      NETWORK: ['NET-caf 1 *'],
      DEPARTEMENT: ['DEP-75 1 *'],
      STRUCTURE: ['STR-caf-75 1'],
    });
    expect(await facets({ search: 'port', publishedTo: '2024-04-02' }, ['FEELING', 'MONTH'])).toEqual({
      FEELING: ['NEGATIVE 1', 'NEUTRAL 1'],
      MONTH: ['2024-04 2'],
    });
  });

  test('are cut at the most frequent, and say how many are left out; what is asked for stays', async () => {
    expect(await facets({ tags: ['accessibilite'] }, ['TAG'], 1)).toEqual({
      TAG: ['relation 2', 'accessibilite 1 *', '+1'],
    });
    expect(await facets({}, ['FEELING'], 2)).toEqual({ FEELING: ['NEGATIVE 1', 'NEUTRAL 1', '+1'] });
  });

  test('a value can be put in the filter as it is', async () => {
    for (const [name, value] of [
      ['procedure', 'inscription'],
      ['procedure', 'PROC-logement'],
    ] as const) {
      const { data } = await ask(
        'query ($filter: TestimonyFilter) { testimonies(filter: $filter) { totalCount } }',
        { filter: { [name]: value } },
      );
      expect(data.testimonies.totalCount).toBe(1);
    }
  });

  test('have labels in French', async () => {
    const { data } = await ask(
      `{ testimonyFacets(facets: [FEELING, NETWORK, USER_DEPARTEMENT]) { ${FIELDS} } }`,
    );
    expect(data.testimonyFacets.map((facet: Facet) => facet.values.map(({ label }) => label))).toEqual([
      ['Négatif', 'Neutre', 'Positif'],
      ['CAF', 'France Travail'],
      ['Non précisé', 'Paris'],
    ]);
  });

  test('of nothing are empty, in the order asked', async () => {
    const nothing = { publishedFrom: '2090-01-01' };
    expect(Object.entries(await facets(nothing, ['TAG', 'FEELING']))).toEqual([
      ['TAG', []],
      ['FEELING', []],
    ]);
  });

  test.each(['facets: []', 'facets: [TAG, TAG]', 'facets: [TAG], most: 0', 'facets: [TAG], most: 51'])(
    '%s is refused',
    async (args) => {
      const { errors } = await ask(`{ testimonyFacets(${args}) { others } }`);
      expect(errors[0].extensions.code).toBe('BAD_USER_INPUT');
    },
  );
});

test('facets of many subjects take one statement', async () => {
  const field = `testimonyFacets(facets: [FEELING, TAG, MONTH]) { ${FIELDS} }`;
  const many = await countStatements(() =>
    entities('Structure', ['STR-caf', 'STR-caf-75', 'STR-none'], field),
  );
  expect(many.statements).toHaveLength(1);
  const feelings = many.result.data._entities.map((one: { testimonyFacets: Facet[] }) =>
    one.testimonyFacets[0]?.values.map(({ value, count }) => `${value} ${count}`),
  );
  expect(feelings).toEqual([['NEGATIVE 1', 'NEUTRAL 1', 'POSITIVE 1'], ['NEGATIVE 1', 'NEUTRAL 1'], []]);
});
