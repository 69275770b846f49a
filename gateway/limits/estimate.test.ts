import fc from 'fast-check';
import { getOperationAST, parse, validate } from 'graphql';
import { describe, expect, test } from 'vitest';
import { MOST } from './amount.ts';
import { compileCost } from './estimate.ts';
import { operations } from './fixtures/operations.ts';
import { costs, estimate, objectsOf, schema } from './fixtures/toy.ts';

test.each<[string, string, number, Record<string, unknown>?]>([
  ['scalars cost nothing', '{ __typename }', 0],
  ['an object', '{ site { id name } }', 1],
  ['objects within', '{ site { network { id } } }', 2],
  ['a list, as its schema assumes', '{ networks { id } }', 4],
  ['a list of scalars', '{ site { figures { tags } } }', 3],
  ['a list about which nothing is declared', '{ undeclared { id } }', 20],
  ['lists multiply', '{ networks { sites { nodes { figures { value } } } } }', 4 * (1 + 1 + 3 * (1 + 2))],
  ['a connection without `first`', '{ sites { nodes { id } } }', 1 + 3],
  ['`first`', '{ sites(first: 50) { nodes { id } } }', 1 + 50],
  ['`first` in a variable', 'query ($n: Int) { sites(first: $n) { nodes { id } } }', 1 + 7, { n: 7 }],
  ['`first` in a variable not given', 'query ($n: Int) { sites(first: $n) { nodes { id } } }', 1 + 3],
  [
    '`first` in a variable that is null',
    'query ($n: Int) { sites(first: $n) { nodes { id } } }',
    1 + 3,
    { n: null },
  ],
  ['`first: null`', '{ sites(first: null) { nodes { id } } }', 1 + 3],
  ['`first` below 0, which is refused later', '{ sites(first: -5) { nodes { id } } }', 1],
  ['the default of the argument', '{ things { __typename } }', 2],
  [
    'nodes and edges',
    '{ sites(first: 5) { totalCount nodes { id } edges { node { id } } page { more } } }',
    1 + 5 + 10 + 1,
  ],
  [
    'through a fragment of the connection',
    '{ sites(first: 5) { ...C } } fragment C on SiteConnection { nodes { id } }',
    6,
  ],
  [
    'the same fragment under two sizes',
    '{ a: sites(first: 5) { ...C } b: sites(first: 9) { ...C } } fragment C on SiteConnection { nodes { id } }',
    6 + 10,
  ],
  ['aliases each', '{ a: networks { id } b: networks { id } }', 8],
  [
    'a fragment each time it is spread',
    '{ site { ...N } b: site { ...N } } fragment N on Site { network { id } }',
    4,
  ],
  ['the ids that are named', '{ nodes(ids: ["a", "b"]) { id } }', 2],
  ['the ids in a variable', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 3, { ids: ['a', 'b', 'c'] }],
  ['one id for a list', '{ nodes(ids: "a") { id } }', 1],
  ['the dearest type', '{ node { ... on Site { figures { value } } ... on Network { id } } }', 1 + 2],
  ['what holds for every type', '{ node { ... on Node { id } ... on Site { network { id } } } }', 1 + 1],
  ['types of a union', '{ things(first: 2) { ... on Network { sites { nodes { id } } } } }', 2 * (1 + 1 + 3)],
  [
    '@skip and @include as written',
    '{ a: site @skip(if: true) { id } b: site @include(if: false) { id } c: site { id } }',
    1,
  ],
  [
    '@include by a variable that holds',
    'query ($v: Boolean!) { site @include(if: $v) { id } }',
    1,
    { v: true },
  ],
  [
    '@include by a variable that does not',
    'query ($v: Boolean!) { site @include(if: $v) { id } }',
    0,
    { v: false },
  ],
  [
    'both on one field',
    'query ($v: Boolean!) { site @include(if: true) @skip(if: $v) { id } }',
    0,
    { v: true },
  ],
  [
    'a left-out fragment',
    '{ ... @skip(if: true) { networks { id } } ...F @include(if: false) } fragment F on Query { networks { id } }',
    0,
  ],
  ['@cost of a field, once', '{ search { id } }', 11 + 1],
  ['@cost of an argument that is given', '{ search(text: "x") { id } }', 11 + 5 + 1],
  ['@cost of an argument that is null', '{ search(text: null) { id } }', 11 + 1],
  ['@cost of a variable that is given', 'query ($t: String) { search(text: $t) { id } }', 17, { t: 'x' }],
  ['@cost of a variable that is not', 'query ($t: String) { search(text: $t) { id } }', 12],
  [
    '@cost deep in an input',
    '{ sites(filter: { name: "a", words: { text: "x", any: [{ text: "y" }] } }) { totalCount } }',
    1 + 14,
  ],
  [
    '@cost deep in a variable',
    'query ($f: Filter) { sites(filter: $f) { totalCount } }',
    1 + 7,
    { f: { words: { text: 'x' } } },
  ],
  ['each root field of a mutation', 'mutation { thank { id } b: thank { network { id } } }', 11 + 12],
  [
    'root fields of a mutation in a fragment',
    'mutation { ...M } fragment M on Mutation { thank { id } }',
    11,
  ],
  ['@cost of a mutation', 'mutation { publish { id } }', 31],
  ['introspection', '{ __schema { types { name } } __type(name: "Site") { name } }', 1030],
])('%s', (_name, query, expected, variables) => {
  expect(validate(schema, parse(query))).toEqual([]);
  expect(estimate(query, variables)).toBe(expected);
});

test('of several operations, the one that runs', () => {
  const query = 'query A { site { id } } query B { networks { id } }';
  expect([estimate(query, {}, 'A'), estimate(query, {}, 'B')]).toEqual([1, 4]);
});

describe('for any operation', () => {
  const sizes = fc.record({ n: fc.constantFrom(0, 1, 4), yes: fc.boolean(), no: fc.boolean() });

  test('never fewer objects are estimated than can come', () => {
    fc.assert(
      fc.property(operations, sizes, (query, { n, yes, no }) => {
        const variables = { n, m: 1, yes, no };
        expect(validate(schema, parse(query))).toEqual([]);
        expect(estimate(query, variables)).toBeGreaterThanOrEqual(objectsOf(query, variables));
      }),
      { numRuns: 300 },
    );
  });

  test('a larger page is never estimated cheaper', () => {
    fc.assert(
      fc.property(operations, fc.nat(200), fc.nat(200), (query, less, more) => {
        const at = (n: number) => estimate(query, { n, m: 1, yes: true, no: false });
        expect(at(less + more)).toBeGreaterThanOrEqual(at(less));
      }),
      { numRuns: 300 },
    );
  });
});

test('the bound is close: without choices, it is what comes', () => {
  const query =
    '{ networks { sites(first: 7) { nodes { figures { site { id } } } edges { node { network { id } } } } } }';
  expect(estimate(query)).toBe(objectsOf(query, {}));
});

test('a document whose fragments fan out is estimated without writing them out, and capped', () => {
  const levels = Array.from(
    { length: 60 },
    (_, i) =>
      `fragment F${i} on Site { near(first: 100) { nodes { ...F${i + 1} } edges { node { ...F${i + 1} } } } }`,
  );
  const query = `{ site { ...F0 } } ${levels.join(' ')} fragment F60 on Site { id }`;
  expect(estimate(query)).toBe(MOST);
});

test('fragments that spread themselves, which no valid document has, end', () => {
  const document = parse('{ site { ...A } } fragment A on Site { near { nodes { ...A } } }');
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  expect(compileCost(schema, costs, document, operation)({})).toBe(MOST);
});
