import { afterAll, describe, expect, test } from 'vitest';
import { ask, errorsOf, fixtureGateway, MODES, type Mode } from './fixtures/gateway.ts';
import type { FixtureName } from './fixtures/schemas.ts';
import type { RunningGateway } from './options.ts';

interface Case {
  name: string;
  dead?: FixtureName[];
  query: string;
  variables?: Record<string, unknown>;
  data: unknown;
  /** `CODE source path` of each error, in order. */
  errors?: string[];
}

const CASES: Case[] = [
  {
    name: 'an unknown id is null without an error',
    query: '{ site(id: "SITE-9") { name } node(id: "SITE-9") { id } other: node(id: "nothing") { id } }',
    data: { site: null, node: null, other: null },
  },
  {
    name: 'a stub that its owner does not know is null without an error',
    query:
      '{ node(id: "TEM-9") { __typename id ... on Testimony { title } } nodes(ids: ["TEM-1", "TEM-9"]) { id } }',
    data: { node: null, nodes: [{ id: 'TEM-1' }, null] },
  },
  {
    name: 'a reference to an unknown entity is null',
    query: '{ testimonies { title site { name score } } }',
    data: {
      testimonies: [
        { title: 'Merci', site: { name: 'Arras', score: 6.5 } },
        { title: 'Trop long', site: { name: 'Arras', score: 6.5 } },
        { title: 'Bien', site: null },
      ],
    },
  },
  {
    name: 'a non-null reference to an unknown entity goes up, with one error at its place',
    query: '{ testimonies { strictSite { name } } sites { id } }',
    data: null,
    errors: ['NOT_FOUND testimonies.2.strictSite'],
  },
  {
    name: 'a stub in a non-null list that its owner does not know',
    query: '{ strictNodes(ids: ["SITE-1", "TEM-9"]) { id } }',
    data: null,
    errors: ['NOT_FOUND strictNodes.1'],
  },
  {
    name: 'an error under a nullable field costs that field, at its exact index',
    query: '{ sites { name directions } }',
    data: {
      sites: [
        { name: 'Arras', directions: 'to SITE-1' },
        { name: 'Bapaume', directions: null },
        { name: 'Calais', directions: 'to SITE-3' },
      ],
    },
    errors: ['INTERNAL sites.1.directions'],
  },
  {
    name: 'an error under a non-null field goes up to the item where items may be null',
    query: '{ looseSites { way: strictDirections } }',
    data: { looseSites: [{ way: 'to SITE-1' }, null, { way: 'to SITE-3' }] },
    errors: ['BAD_USER_INPUT looseSites.1.way'],
  },
  {
    name: 'an error under non-null all the way makes data null',
    query: '{ sites { strictDirections } }',
    data: null,
    errors: ['BAD_USER_INPUT sites.1.strictDirections'],
  },
  {
    name: 'a null item of a non-null list',
    query: '{ site(id: "SITE-3") { phones } strict: site(id: "SITE-3") { name strictPhones } }',
    data: { site: { phones: ['03', null] }, strict: { name: 'Calais', strictPhones: null } },
    errors: ['INTERNAL strict.strictPhones.1'],
  },
  {
    name: 'an error deep in an entity that another subgraph extends',
    query: '{ sites { id comparisons { indicator { title } explain } } }',
    data: {
      sites: [
        {
          id: 'SITE-1',
          comparisons: [{ indicator: { title: 'Satisfaction' }, explain: 'SITE-1 78.5' }, null],
        },
        {
          id: 'SITE-2',
          comparisons: [
            { indicator: { title: 'Satisfaction' }, explain: 'SITE-2 78.5' },
            { indicator: { title: 'Delay' }, explain: 'SITE-2 null' },
          ],
        },
        {
          id: 'SITE-3',
          comparisons: [
            { indicator: { title: 'Satisfaction' }, explain: 'SITE-3 78.5' },
            { indicator: { title: 'Delay' }, explain: 'SITE-3 null' },
          ],
        },
      ],
    },
    errors: ['CONFLICT sites.0.comparisons.1.explain'],
  },
  {
    name: 'the error of an entity is told at each place where the entity is',
    query: '{ sites { network { sites { id directions } } } }',
    data: {
      sites: [
        {
          network: {
            sites: [
              { id: 'SITE-1', directions: 'to SITE-1' },
              { id: 'SITE-2', directions: null },
            ],
          },
        },
        {
          network: {
            sites: [
              { id: 'SITE-1', directions: 'to SITE-1' },
              { id: 'SITE-2', directions: null },
            ],
          },
        },
        { network: { sites: [{ id: 'SITE-3', directions: 'to SITE-3' }] } },
      ],
    },
    errors: ['INTERNAL sites.0.network.sites.1.directions', 'INTERNAL sites.1.network.sites.1.directions'],
  },
  {
    name: 'a dead extender costs its own fields',
    dead: ['voices'],
    query: '{ sites { name latest { title } } }',
    data: {
      sites: [
        { name: 'Arras', latest: null },
        { name: 'Bapaume', latest: null },
        { name: 'Calais', latest: null },
      ],
    },
    errors: [0, 1, 2].map((index) => `SOURCE_UNAVAILABLE voices sites.${index}.latest`),
  },
  {
    name: 'a non-null field of a dead extender goes up to the nullable item',
    dead: ['figures'],
    query: '{ looseSites { name all: strictComparisons { value } } }',
    data: { looseSites: [null, null, null] },
    errors: [0, 1, 2].map((index) => `SOURCE_UNAVAILABLE figures looseSites.${index}.all`),
  },
  {
    name: 'a dead owner of what a list of stubs refers to',
    dead: ['directory'],
    query: '{ testimonies { title site { id name } } best { score } }',
    data: {
      testimonies: [
        { title: 'Merci', site: null },
        { title: 'Trop long', site: null },
        { title: 'Bien', site: null },
      ],
      best: { score: 6.5 },
    },
    errors: [0, 1, 2].map((index) => `SOURCE_UNAVAILABLE directory testimonies.${index}.site.name`),
  },
  {
    name: 'a dead owner under a non-null root field',
    dead: ['directory'],
    query: '{ best { name } }',
    data: null,
    errors: ['SOURCE_UNAVAILABLE directory best.name'],
  },
  {
    name: 'a dead root under a non-null field makes data null',
    dead: ['directory'],
    query: '{ site(id: "SITE-1") { name } sites { id } indicators { title } }',
    data: null,
    errors: ['SOURCE_UNAVAILABLE directory sites'],
  },
  {
    name: 'a dead root beside a live one',
    dead: ['directory'],
    query: '{ site(id: "SITE-1") { name } broken indicators { title } }',
    data: { site: null, broken: null, indicators: [{ title: 'Satisfaction' }, { title: 'Delay' }] },
    errors: ['SOURCE_UNAVAILABLE directory site', 'SOURCE_UNAVAILABLE directory broken'],
  },
  {
    name: 'two subgraphs dead at once',
    dead: ['figures', 'voices'],
    query: '{ site(id: "SITE-1") { name score latest { title } comparisons { value } } }',
    data: { site: { name: 'Arras', score: null, latest: null, comparisons: null } },
    errors: [
      'SOURCE_UNAVAILABLE figures site.score',
      'SOURCE_UNAVAILABLE voices site.latest',
      'SOURCE_UNAVAILABLE figures site.comparisons',
    ],
  },
  {
    name: 'everything dead',
    dead: ['directory', 'figures', 'voices'],
    query: '{ site(id: "SITE-1") { name } lost { score } }',
    data: { site: null, lost: null },
    errors: ['SOURCE_UNAVAILABLE directory site', 'SOURCE_UNAVAILABLE figures lost'],
  },
  {
    name: 'a dead owner of a stub behind node',
    dead: ['voices'],
    query: '{ node(id: "TEM-1") { id ... on Testimony { title } } nodes(ids: ["IND-1", "TEM-1"]) { id } }',
    data: { node: null, nodes: [{ id: 'IND-1' }, null] },
    errors: ['SOURCE_UNAVAILABLE voices node.id', 'SOURCE_UNAVAILABLE voices nodes.1.id'],
  },
  {
    name: 'aliases of one field with different arguments',
    query: '{ a: site(id: "SITE-1") { x: name y: name } b: site(id: "SITE-2") { x: kind s: score } }',
    data: { a: { x: 'Arras', y: 'Arras' }, b: { x: 'HOUSE', s: 6.5 } },
  },
  {
    name: 'fragments on interfaces and unions, in the order of the query',
    query: `query ($skip: Boolean!) {
      things { __typename ...Named ... on Site { kind @skip(if: $skip) score } ... on Node { id } }
    } fragment Named on Node { id ... on Network { title: name } ... on Territory { name } }`,
    variables: { skip: true },
    data: {
      things: [
        { __typename: 'Site', id: 'SITE-1', score: 6.5 },
        { __typename: 'Network', id: 'NET-a', title: 'Caf' },
        { __typename: 'Territory', id: 'REG-32', name: 'Hauts-de-France' },
      ],
    },
  },
  {
    name: 'a mutation that refuses, beside one that does not',
    query: 'mutation { a: thank(id: "TEM-9") { id } b: thank(id: "TEM-1") { title site { name } } }',
    data: { a: null, b: { title: 'Merci', site: { name: 'Arras' } } },
    errors: ['NOT_FOUND a'],
  },
  {
    name: 'the schema beside data',
    query:
      '{ __schema { queryType { name } } kind: __type(name: "Kind") { name } __typename site(id: "SITE-1") { id } }',
    data: {
      __schema: { queryType: { name: 'Query' } },
      kind: { name: 'Kind' },
      __typename: 'Query',
      site: { id: 'SITE-1' },
    },
  },
];

describe.each(MODES)('nulls and errors, %s', (mode: Mode) => {
  const gateways = new Map<string, Promise<RunningGateway>>();
  const gatewayWithout = (dead: readonly FixtureName[]) => {
    const key = dead.join();
    let gateway = gateways.get(key);
    if (!gateway) {
      gateway = fixtureGateway(mode, dead);
      gateways.set(key, gateway);
    }
    return gateway;
  };
  afterAll(async () => {
    for (const gateway of gateways.values()) await (await gateway).close();
  });

  test.each(CASES)('$name', async ({ dead = [], query, variables, data, errors = [] }) => {
    const answer = await ask(await gatewayWithout(dead), query, variables);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.data)).toBe(JSON.stringify(data));
    expect(errorsOf(answer)).toEqual(errors);
    expect(JSON.stringify(answer)).not.toMatch(/secret|10\.0\.0\.1|127\.0\.0\.1|\.ts|stack|serviceName/);
  });

  test('an INTERNAL error holds the request id and nothing else', async () => {
    const answer = await ask(await gatewayWithout([]), '{ broken }');
    expect(answer.errors).toEqual([
      {
        message: 'Internal error.',
        path: ['broken'],
        extensions: { code: 'INTERNAL', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      },
    ]);
  });

  test('an error written for the client keeps its message and its scalars', async () => {
    const answer = await ask(await gatewayWithout([]), '{ site(id: "SITE-2") { strictDirections } }');
    expect(answer.errors).toEqual([
      {
        message: 'No way there.',
        path: ['site', 'strictDirections'],
        extensions: { code: 'BAD_USER_INPUT', field: 'directions' },
      },
    ]);
  });
});
