import { execute, parse, validate } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { ask, fixtureGateway } from '../fixtures/gateway.ts';
import { monolith } from '../fixtures/monolith.ts';

const schema = monolith();
const gateways = {
  'in process': await fixtureGateway('in process'),
  apart: await fixtureGateway('apart'),
};
afterAll(() => Promise.all(Object.values(gateways).map((gateway) => gateway.close())));

/** Keys of the client's that stand where plans read a key, a type, or what one subgraph needs of another. */
const QUERIES = [
  '{ best { id: name network { id: name } testimonies { title } } }',
  '{ best { __typename: name network { __typename: id name } testimonies { id: title __typename: id } } }',
  '{ sites { name: id id: name network { name: id id: name sites { id: name } } } }',
  '{ node(id: "TEM-1") { id: __typename ... on Testimony { name: title site { title: name } } } }',
  '{ best { alias_id: name alias_alias_id: id id: kind } }',
  '{ _entities: best { _entities: id _service: name } }',
  '{ best { constructor: name toString: id network { hasOwnProperty: name } } }',
  '{ sites: __schema { types: queryType { sites: name } } best: __type(name: "Site") { id: name } }',
];

describe.each(Object.entries(gateways))('%s', (_mode, gateway) => {
  test.each(QUERIES)('%s', async (query) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const wanted = JSON.parse(JSON.stringify(await execute({ schema, document })));
    expect(wanted.errors).toBeUndefined();
    const { status, data, errors } = await ask(gateway, query);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
    expect(data).toEqual(wanted.data);
  });

  test('an error is at the place that the client named', async () => {
    const { errors } = await ask(
      gateway,
      '{ a: sites { id: directions { id: steps } } b: strictNodes(ids: ["SITE-9"]) { x: id } }',
    );
    for (const path of (errors ?? []).map((error) => error.path ?? []))
      expect(path.join('.')).not.toMatch(/alias_/);
  });
});
