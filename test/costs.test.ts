import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { expect, test } from 'vitest';
import { CONTRACT_FOLDER, composeSupergraph, subgraphSchemas } from '../cli/compose.ts';
import { Costs } from '../gateway/limits/costs.ts';
import { Estimates } from '../gateway/limits/estimates.ts';
import { clientSchema } from '../gateway/supergraph.ts';
import { readConfig } from '../kernel/config.ts';

const { supergraph } = composeSupergraph(await subgraphSchemas());
const schema = clientSchema(supergraph);
const costs = new Costs(supergraph);

type Field = GraphQLField<unknown, unknown>;
const isList = ({ type }: Field) => isListType(isNonNullType(type) ? type.ofType : type);
const objects = Object.values(schema.getTypeMap()).filter(
  (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__'),
);
const fields = objects.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

/** Lists that get their size from the field above. */
const sizedFromAbove = new Set(
  fields.flatMap(({ type, field }) =>
    [...(costs.field(type.name, field.name)?.size?.sized ?? [])].map(
      (list) => `${getNamedType(field.type).name}.${list}`,
    ),
  ),
);

test('every list of objects says how long it is (else: the costs.ts of its subgraph)', () => {
  const without = fields
    .filter(({ field }) => isList(field) && isCompositeType(getNamedType(field.type)))
    .filter(({ type, field }) => costs.field(type.name, field.name)?.size?.assumed === undefined)
    .map(({ type, field }) => `${type.name}.${field.name}`)
    .filter((coordinate) => !sizedFromAbove.has(coordinate));
  expect(without).toEqual([]);
});

test('every connection is sized by `first`, 20 when omitted', () => {
  const connections = fields.filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'));
  expect(connections.length).toBeGreaterThan(40);
  for (const { type, field } of connections) {
    expect([type.name, field.name, costs.field(type.name, field.name)?.size]).toEqual([
      type.name,
      field.name,
      { assumed: 20, slicing: ['first'], sized: new Set(['edges', 'nodes']) },
    ]);
  }
});

test('lists that `first` cuts without being connections are sized by it', () => {
  expect(costs.field('Site', 'impacts')?.size).toEqual({ assumed: 20, slicing: ['first'], sized: new Set() });
});

test('what is declared on input reaches the gateway', () => {
  expect(costs.ofInput('TestimonyFilter', { search: 'attente' })).toBeGreaterThan(0);
  expect(costs.ofInput('TestimonyFilter', { answered: true })).toBe(0);
});

const operations = readdirSync(join(CONTRACT_FOLDER, 'operations'))
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''));

test.each(operations)('%s may be sent by anybody, with room to grow', (name) => {
  const read = (ending: string) =>
    readFileSync(join(CONTRACT_FOLDER, 'operations', `${name}${ending}`), 'utf8');
  const document = parse(read('.graphql'));
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const estimate = new Estimates(schema, supergraph).of(
    document,
    operation,
    JSON.parse(read('.variables.json')),
  );
  expect(estimate).toBeGreaterThan(0);
  expect(estimate).toBeLessThan(readConfig({}).costs.public * 0.8);
});
