import { afterAll, expect, test } from 'vitest';
import { testDatabase } from '../../../test/kit/database.ts';
import { countStatements } from '../../../test/kit/statements.ts';
import { ask } from '../fixtures/ask.ts';
import { country, siteId } from '../fixtures/country.ts';
import { openAdministrations } from '../server.ts';
import type { AdministrationsDatabase } from '../tables.ts';

const database = await testDatabase();
await country()
  .alias('SITE-former', siteId('1'))
  .structure('STR-100', { network_id: 'NET-caf' })
  .commitment('COMMITMENT-E2', { version: '2024', position: 2 })
  .procedure('PROC-rsa')
  .save(database.connect<AdministrationsDatabase>('administrations', 'owner'));
const subgraph = await openAdministrations({ statementTimeoutMs: 8000 }, database.url);
afterAll(() => subgraph.close());

const OWN = [
  ['FR', 'Territory'],
  ['REG-32', 'Territory'],
  ['COM-62900', 'Territory'],
  ['NET-pole-emploi', 'Network'],
  ['STR-100', 'Structure'],
  [siteId('6'), 'Site'],
  ['COMMITMENT-E2', 'Commitment'],
  ['PROC-rsa', 'Procedure'],
] as const;
const FOREIGN = [
  ['IND-27', 'Indicator'],
  ['TEM-1', 'Testimony'],
  ['REP-1', 'SimplificationReport'],
  ['DOC-1', 'AdministrativeDocument'],
  ['PLAN-1', 'ActionPlan'],
  ['DIAG-1', 'SelfDiagnosis'],
  ['LABEL-1', 'Label'],
  ['IMPACT-1', 'Impact'],
  ['CONF-1', 'Conference'],
  ['IDEA-1', 'Idea'],
  ['MAJOR-1', 'MajorAction'],
  ['MEETING-1', 'GovernanceSession'],
  ['DECISION-1', 'Decision'],
  ['ERR-1', 'FrequentError'],
  ['PRACTICE-1', 'GoodPractice'],
  ['REUSE-1', 'PracticeReuse'],
  ['BODY-1', 'ListeningBody'],
  ['TRAIN-1', 'TrainingCount'],
  ['ECO-1', 'EcoMeasure'],
] as const;

test.each([...OWN, ...FOREIGN])('%s is a %s', async (id, type) => {
  const { data, errors } = await ask(subgraph, 'query ($id: ID!) { node(id: $id) { __typename id } }', {
    id,
  });
  expect({ data, errors }).toEqual({ data: { node: { __typename: type, id } }, errors: [] });
});

test('a former id of a site leads to it', async () => {
  const { data } = await ask(subgraph, '{ node(id: "SITE-former") { id ... on Site { name } } }');
  expect(data.node).toEqual({ id: siteId('1'), name: 'Pôle emploi de Bapaume' });
});

test.each(['COM-00000', 'NET-', 'MIN-travail', 'x', '', 'SITE-a b', '__proto__', 'constructor-1'])(
  '%j names nothing',
  async (id) => {
    const { data, errors } = await ask(subgraph, 'query ($id: ID!) { node(id: $id) { id } }', { id });
    expect({ data, errors }).toEqual({ data: { node: null }, errors: [] });
  },
);

test('several at once: in their order, null where unknown, one statement per type', async () => {
  const ids = ['TEM-9', 'COM-62080', 'nothing', 'NET-caf', 'COM-62041', 'COM-00000'];
  const { result, statements } = await countStatements(() =>
    ask<{ nodes: ({ id: string } | null)[] }>(subgraph, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids,
    }),
  );
  expect(result.data.nodes.map((node) => node?.id ?? null)).toEqual([
    'TEM-9',
    'COM-62080',
    null,
    'NET-caf',
    'COM-62041',
    null,
  ]);
  expect(statements).toHaveLength(2);
});

test('the stub of a foreign type carries the key that its owner answers', async () => {
  const { data } = await ask(subgraph, '{ node(id: "IND-27") { ... on Indicator { ref } } }');
  expect(data.node).toEqual({ ref: 'IND-27' });
});

test('characters that are no text, and too many ids, are refused', async () => {
  const bad = await ask(subgraph, 'query ($id: ID!) { node(id: $id) { id } }', { id: 'SITE-\u0000' });
  expect(bad.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
  const many = await ask(subgraph, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
    ids: Array(101).fill('FR'),
  });
  expect(many.errors.map(({ code }) => code)).toEqual(['BAD_USER_INPUT']);
});

test('entities of every type resolve by their key, one statement per type', async () => {
  const representations = OWN.flatMap(([id, __typename]) => [
    { __typename, id },
    { __typename, id: `${id}0` },
  ]);
  const { result, statements } = await countStatements(() =>
    ask(
      subgraph,
      `query ($r: [_Any]!) { _entities(representations: $r) { __typename ... on Territory { id } ... on Network { id }
        ... on Structure { id } ... on Site { id } ... on Commitment { id } ... on Procedure { id } } }`,
      { r: representations },
    ),
  );
  expect(result.errors).toEqual([]);
  expect(result.data._entities).toEqual(OWN.flatMap(([id, __typename]) => [{ __typename, id }, null]));
  expect(statements).toHaveLength(6);
});
