import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { askIndicators, on } from '../fixtures/ask.ts';
import { sdl } from '../schema.ts';

const ask = await askIndicators();

test('an indicator of the common core, with its question and what it proves', async () => {
  const { data } =
    await ask(`{ indicator(id: "IND-SATISFACTION") { id code title userTitle question family unit
    direction frequency network { id } coreIndicator { id } comparability formula version commitments { id } } }`);
  expect(data.indicator).toMatchObject({
    id: 'IND-SATISFACTION',
    family: 'SATISFACTION',
    unit: 'PERCENT',
    direction: 'HIGHER_IS_BETTER',
    network: null,
    coreIndicator: null,
    formula: '100 × (very favourable + favourable answers) / all answers',
    version: 1,
  });
  expect(data.indicator.question).toBeTruthy();
  expect(data.indicator.commitments.length).toBeGreaterThan(0);
});

test('a redefined indicator shows its current meaning and every version', async () => {
  const { data } = await ask(
    '{ indicator(id: "IND-DELAI-POLICE") { title version network { id } versions { version title validFrom } } }',
  );
  expect(data.indicator).toEqual({
    title: "Délai médian d'intervention",
    version: 2,
    network: { id: 'NET-police' },
    versions: [
      { version: 1, title: "Délai moyen d'intervention", validFrom: null },
      { version: 2, title: "Délai médian d'intervention", validFrom: '2025-01-01' },
    ],
  });
});

test('an indicator mapped to the core; targets of one network', async () => {
  const { data } = await ask(`{
    own: indicator(id: "IND-CPAM-GLOBAL") { comparability coreIndicator { id } network { id } }
    core: indicator(id: "IND-SATISFACTION") { targets(network: "NET-caf") { value from structure { id } network { id } } }
    none: indicator(id: "IND-NONE") { id } }`);
  expect(data).toEqual({
    own: { comparability: 'CLOSE', coreIndicator: { id: 'IND-SATISFACTION' }, network: { id: 'NET-cpam' } },
    core: {
      targets: [
        { value: 70, from: '2024-01-01', structure: null, network: { id: 'NET-caf' } },
        { value: 72, from: '2024-01-01', structure: { id: 'STR-caf-62' }, network: { id: 'NET-caf' } },
      ],
    },
    none: null,
  });
});

const ids = async (args: string) => {
  const { data, errors } = await ask(`{ indicators(first: 100${args}) { totalCount nodes { id } } }`);
  expect(errors).toBeUndefined();
  expect(data.indicators.totalCount).toBe(data.indicators.nodes.length);
  return data.indicators.nodes.map(({ id }: { id: string }) => id);
};

test('indicators by network, family, core and words', async () => {
  expect(await ids(', core: true')).toHaveLength(11);
  expect(await ids(', network: "NET-crous"')).toEqual(['IND-SATISFACTION', 'IND-TAUX_DECROCHE']);
  expect(await ids(', network: "NET-msa"')).toEqual(['IND-MSA-ACCUEIL']);
  expect(await ids(', network: "NET-crous", family: PERFORMANCE')).toEqual(['IND-TAUX_DECROCHE']);
  expect(await ids(', search: "DELAI MEDIAN"')).toEqual(['IND-DELAI-POLICE']);
  expect(await ids(', search: "median delai"')).toEqual([]);
});

test.each(['%', '_', "' or 1=1 --", '\\\\', '& | ! :*'])('%s is a text like another', async (search) => {
  expect(await ids(`, search: "${search}"`)).toEqual([]);
});

test('pages of indicators', async () => {
  const { data } = await ask(
    '{ indicators(first: 5, core: true) { nodes { id } pageInfo { endCursor hasNextPage } } }',
  );
  expect(data.indicators.pageInfo.hasNextPage).toBe(true);
  const next = await ask(
    `{ indicators(first: 100, core: true, after: "${data.indicators.pageInfo.endCursor}") { nodes { id } pageInfo { hasPreviousPage } } }`,
  );
  expect(next.data.indicators.nodes).toHaveLength(6);
  expect(next.data.indicators.pageInfo.hasPreviousPage).toBe(true);
});

test('from networks and commitments to indicators', async () => {
  const { data } = await ask(
    on('Network', 'NET-crous', 'indicators { id } performance: indicators(family: PERFORMANCE) { id }'),
  );
  expect(data._entities[0]).toEqual({
    indicators: [{ id: 'IND-SATISFACTION' }, { id: 'IND-TAUX_DECROCHE' }],
    performance: [{ id: 'IND-TAUX_DECROCHE' }],
  });
  const proofs = await ask(on('Commitment', 'COMMITMENT-E4', 'indicators { id }'));
  expect(proofs.data._entities[0].indicators).toContainEqual({ id: 'IND-RESPECT_DELAI' });
});

test('the owner answers both keys, null when nothing has them', async () => {
  const representations = [
    { __typename: 'Indicator', id: 'IND-SATISFACTION' },
    { __typename: 'Indicator', ref: 'IND-DELAI-POLICE' },
    { __typename: 'Indicator', ref: 'IND-NONE' },
  ];
  const { data } = await ask(
    'query ($r: [_Any]!) { _entities(representations: $r) { ... on Indicator { id ref } } }',
    {
      r: representations,
    },
  );
  expect(data._entities).toEqual([
    { id: 'IND-SATISFACTION', ref: 'IND-SATISFACTION' },
    { id: 'IND-DELAI-POLICE', ref: 'IND-DELAI-POLICE' },
    null,
  ]);
});

test('composes with the owner of Node and of the entities that this subgraph adds to', () => {
  const entities = ['Territory', 'Network', 'Structure', 'Site', 'Commitment', 'Procedure'];
  const administrations = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@inaccessible", "@shareable"])
    interface Node { id: ID! }
    type Query { node(id: ID!): Node }
    type Indicator implements Node @key(fields: "ref", resolvable: false) { ref: ID! @inaccessible id: ID! @external }
    ${entities.map((name) => `type ${name} implements Node @key(fields: "id") { id: ID! name: String }`).join('\n')}`;
  const result = composeServices([
    { name: 'administrations', typeDefs: parse(administrations) },
    { name: 'indicators', typeDefs: parse(sdl) },
  ]);
  expect(result.errors ?? []).toEqual([]);
  expect(result.publicSdl).toMatch(/type Indicator implements Node/);
  expect(result.publicSdl).not.toMatch(/\bref:/);
});

test('a schema whose every element is described', () => {
  const bare: string[] = [];
  for (const definition of parse(sdl).definitions) {
    if (!('description' in definition) || !('name' in definition) || !definition.name) continue;
    const type = definition.name.value;
    if (!definition.description && type !== 'Query') bare.push(type);
    const members = [
      ...('fields' in definition ? (definition.fields ?? []) : []),
      ...('values' in definition ? (definition.values ?? []) : []),
    ];
    for (const member of members) {
      if (!member.description) bare.push(`${type}.${member.name.value}`);
      const args = 'arguments' in member ? (member.arguments ?? []) : [];
      bare.push(
        ...args
          .filter((arg) => !arg.description)
          .map((arg) => `${type}.${member.name.value}(${arg.name.value})`),
      );
    }
  }
  expect(bare).toEqual([]);
});
