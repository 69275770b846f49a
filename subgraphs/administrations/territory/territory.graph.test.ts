import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { type Answer, type AskedPage, ask } from '../fixtures/ask.ts';
import { country } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
const story = country();
for (let index = 1; index <= 120; index += 1) {
  story.territory(`COM-62${500 + index}`, {
    name: `Commune ${index % 7}`,
    parent_id: 'DEP-62',
    population: index % 5,
  });
}
await story.save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());

const FIELDS = `id level code name isArrondissement population postalCodes center { latitude longitude } centerMethod
  parent { id } ancestors { id } validFrom validTo isCurrent mergedInto { id name } mergedFrom { id } vintage`;
const territory = async (id: string) => {
  const { data, errors } = await ask(subgraph, `query ($id: ID!) { territory(id: $id) { ${FIELDS} } }`, {
    id,
  });
  expect(errors).toEqual([]);
  return data.territory;
};

test('a commune, field by field', async () => {
  expect(await territory('COM-62080')).toEqual({
    id: 'COM-62080',
    level: 'COMMUNE',
    code: '62080',
    name: 'Bapaume',
    isArrondissement: false,
    population: 4200,
    postalCodes: ['62450'],
    center: { latitude: 50.1036, longitude: 2.8489 },
    centerMethod: 'TOWN_HALL',
    parent: { id: 'DEP-62' },
    ancestors: [{ id: 'DEP-62' }, { id: 'REG-32' }, { id: 'FR' }],
    validFrom: null,
    validTo: null,
    isCurrent: true,
    mergedInto: null,
    mergedFrom: [{ id: 'COM-62900' }],
    vintage: 2026,
  });
});

test('a merged commune still resolves, with its end and the commune that holds it', async () => {
  expect(await territory('COM-62900')).toMatchObject({
    isCurrent: false,
    validTo: '2018-12-31',
    mergedInto: { id: 'COM-62080', name: 'Bapaume' },
    center: null,
  });
});

test('the nation has nothing above; an arrondissement has its commune', async () => {
  expect(await territory('FR')).toMatchObject({
    level: 'NATIONAL',
    parent: null,
    ancestors: [],
    population: null,
  });
  expect(await territory('COM-75101')).toMatchObject({
    isArrondissement: true,
    ancestors: [{ id: 'COM-75056' }, { id: 'DEP-75' }, { id: 'REG-11' }, { id: 'FR' }],
  });
});

test.each(['COM-00000', 'DEP-', 'NET-caf', '62080', ''])('territory %j: null, no error', async (id) => {
  expect(await territory(id)).toBeNull();
});

/** The children of a territory, as the tests below ask for them. */
interface Children {
  territory: { children: AskedPage };
}

test('children go to 200 in a page, and no further', async () => {
  const { data } = await ask<Children>(
    subgraph,
    '{ territory(id: "DEP-62") { children(first: 200) { totalCount nodes { id } } } }',
  );
  expect(data.territory.children.totalCount).toBe(123);
  expect(data.territory.children.nodes).toHaveLength(123);
  const { errors } = await ask(
    subgraph,
    '{ territory(id: "DEP-62") { children(first: 201) { nodes { id } } } }',
  );
  expect(errors.map(({ code, path }) => [code, path])).toEqual([['BAD_USER_INPUT', 'territory.children']]);
});

test.each(['NAME_ASC', 'NAME_DESC', 'CODE_ASC', 'POPULATION_DESC'])(
  'children in pages are the whole list, %s',
  async (order) => {
    const walked: string[] = [];
    let after: string | null = null;
    for (let more = true; more; ) {
      const { data }: Answer<Children> = await ask<Children>(
        subgraph,
        `query ($after: String, $order: TerritoryOrder) { territory(id: "DEP-62") {
          children(first: 50, after: $after, orderBy: $order) { nodes { id } pageInfo { endCursor hasNextPage } } } }`,
        { after, order },
      );
      const { nodes, pageInfo }: AskedPage = data.territory.children;
      walked.push(...nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = pageInfo);
    }
    expect(new Set(walked).size).toBe(123);
    expect(walked).toHaveLength(123);
  },
);

test('the cursor of one parent is not that of another', async () => {
  const { data } = await ask<Children>(
    subgraph,
    '{ territory(id: "FR") { children(first: 1) { pageInfo { endCursor } } } }',
  );
  const { errors } = await ask(
    subgraph,
    'query ($after: String) { territory(id: "DEP-62") { children(after: $after) { nodes { id } } } }',
    { after: data.territory.children.pageInfo.endCursor },
  );
  expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});

test('a hundred territories with all that surrounds them take the statements of one', async () => {
  const count = async (first: number) => {
    const { result, statements } = await countStatements(() =>
      ask(
        subgraph,
        `{ territory(id: "DEP-62") { children(first: ${first}) { totalCount nodes { ${FIELDS}
          children { totalCount nodes { id } } sites { totalCount nodes { id } }
          nearest: sites(filter: { relation: NEAREST }, first: 2) { nodes { distanceKm } } } } } }`,
      ),
    );
    expect(result.errors).toEqual([]);
    return statements.length;
  };
  // Communes with and without a centre need both ways of finding one, so the pages compared hold both.
  expect(await count(100)).toBe(await count(3));
});

test('territories: search, best match first, former names leading to today', async () => {
  const { data, errors } = await ask<{ territories: AskedPage; paris: AskedPage }>(
    subgraph,
    '{ territories(search: "vieux-bapaume") { totalCount nodes { id } } paris: territories(search: "paris", first: 2) { nodes { id } } }',
  );
  expect(errors).toEqual([]);
  expect(data.territories).toEqual({ totalCount: 1, nodes: [{ id: 'COM-62080' }] });
  expect(data.paris.nodes).toEqual([{ id: 'COM-75056' }, { id: 'DEP-75' }]);
});

test.each([
  ['search: "\\u0000"'],
  ['postalCode: "\\u202a"'],
  ['parent: "\\u2066"'],
  ['first: 0'],
  ['after: "x"'],
])('territories(%s) is refused', async (args) => {
  const { errors } = await ask(subgraph, `{ territories(${args}) { nodes { id } } }`);
  expect(errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});
