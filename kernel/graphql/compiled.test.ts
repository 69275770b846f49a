import fc from 'fast-check';
import {
  buildSchema,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  isObjectType,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { expect, test } from 'vitest';
import { compiled, executeOften } from './compiled.ts';

const TYPES = `
  enum Colour { RED GREEN }
  input Filter { colour: Colour = RED, most: Int! = 3, tags: [String!] }
  interface Named { name(prefix: String = "a"): String }
  type Thing implements Named { id: ID! name(prefix: String = "a"): String colour: Colour size: Float
    maybe: Int sure: Int! thing: Thing sureThing: Thing! things(first: Int = 2, filter: Filter): [Thing]
    sureThings: [Thing!]! any: [Any] said(filter: Filter!): String! }
  type Place implements Named { name(prefix: String = "a"): String place: Place! sure: Int! }
  union Any = Thing | Place
  type Query { thing(id: ID!): Thing sureThing: Thing! any: Any! named: Named things(ids: [ID!]!): [Thing!] }
  type Mutation { thing: Thing }`;

interface Node {
  type: 'Thing' | 'Place';
  seed: number;
}

const node = (seed: number, type: Node['type'] = seed % 3 === 0 ? 'Place' : 'Thing'): Node => ({
  type,
  seed,
});

/** Arguments in one order. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort())
      : inner,
  );

interface Mode {
  /** Every field answers with a promise. */
  isLater: boolean;
  fails: boolean;
}

/** What fields answer follows from their names and from where they are: now a value, now nothing, now a failure, now later. */
function toy({ isLater, fails }: Mode): GraphQLSchema {
  const schema = buildSchema(TYPES);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    type.isTypeOf = (value) => (value as Node).type === type.name;
    for (const field of Object.values(type.getFields())) {
      field.resolve = (source: Node | undefined, args: object) => {
        const at = ((source?.seed ?? 1) * 31 + field.name.length * 7 + written(args).length) % 997;
        const later = <T>(value: T) => (isLater ? Promise.resolve(value) : value);
        if (fails && at % 11 === 0) {
          throw new Error(`${field.name} failed`);
        }
        if (fails && at % 7 === 0) return later(null);
        const kind = String(field.type).replace(/[![\]]/g, '');
        const one = () => {
          if (kind === 'Thing' || kind === 'Place') return node(at, kind);
          if (kind === 'Any' || kind === 'Named') return node(at);
          if (kind === 'Colour') return fails && at % 5 === 0 ? 'BLUE' : 'RED';
          if (kind === 'Int') return fails && at % 13 === 0 ? 'none' : at;
          return kind === 'Float' ? at / 2 : `${field.name} ${written(args)}`;
        };
        if (!String(field.type).startsWith('[')) return later(one());
        return later(
          [0, 1, 2].map((index) =>
            fails && at % 5 === index ? null : node(at + index, kind === 'Any' ? undefined : 'Thing'),
          ),
        );
      };
    }
  }
  return schema;
}

/** Operations: of what may be compiled, and of what may not as well. */
const operationsOf = (isPlain: boolean) => {
  const either = (plain: string[], others: string[]) => fc.constantFrom(...plain, ...(isPlain ? [] : others));
  const leaf = either(
    [
      'name',
      'alias_n: name(prefix: $text)',
      'told: name(prefix: "b")',
      'block: name(prefix: """b "c" d""")',
      '__typename',
      'sure',
      'id',
      'size',
      'colour',
      'maybe',
      'green: said(filter: { colour: GREEN })',
      'filtered: said(filter: $filter)',
    ],
    [
      'tagged: said(filter: { tags: $tags })',
      'texts: said(filter: { tags: ["x"] })',
      'size @include(if: $yes)',
      'maybe @skip(if: $yes)',
    ],
  );
  const parent = either(
    ['thing', 'sureThing', 'things(first: $n)', 'more: things(filter: $filter)', 'sureThings'],
    ['red: things(filter: { colour: $colour })'],
  );
  const selection = fc.letrec<{ set: string; field: string }>((tie) => ({
    set: fc.array(tie('field'), { minLength: 1, maxLength: 3 }).map((fields) => `{ ${fields.join(' ')} }`),
    field: fc.oneof(
      { maxDepth: 2 },
      leaf,
      fc.tuple(parent, tie('set')).map((each) => each.join(' ')),
      tie('set').map((set) => `any { ... on Thing ${set} ... on Place { name place { sure } } __typename }`),
      tie('set').map((set) => `... on Thing ${isPlain ? '' : '@include(if: $yes)'} ${set}`),
      fc.constant('...Common'),
    ),
  })).set;
  const root = either(
    [
      'thing(id: "1")',
      'thing(id: 1)',
      'thing(id: $id)',
      'sureThing',
      'things(ids: $ids)',
      'things(ids: "1")',
    ],
    ['things(ids: ["1", $id])', 'things(ids: ["1"])'],
  );
  return fc.tuple(root, selection, selection).map(
    ([from, first, second]) => `
  query ($id: ID!, $ids: [ID!]! = [2], $text: String, $n: Int = 1, $yes: Boolean, $colour: Colour,
         $tags: [String!], $filter: Filter! = { colour: GREEN }) {
    ${from} ${first} second: sureThing ${second} named { name ... on Place { sure } } }
  fragment Common on Thing { id thing { maybe called: name(prefix: $text) } }`,
  );
};
const variables = fc.record(
  {
    id: fc.constantFrom('x', 'y', 7, null, 1.5),
    ids: fc.constantFrom(['x'], 'x', [7, 8], [], [null]),
    text: fc.constantFrom('b', null),
    n: fc.constantFrom(0, 5, null, 'one'),
    yes: fc.constantFrom(true, false),
    colour: fc.constantFrom('RED', 'NONE', null),
    tags: fc.constantFrom(['x'], 'x', null),
    filter: fc.constantFrom(
      {},
      { most: 1 },
      { colour: null, tags: 'x' },
      { tags: ['a', 'b'] },
      { most: null },
      { other: 1 },
    ),
  },
  { requiredKeys: ['id'] },
);

/** As it leaves the subgraph; errors in one order. */
const told = ({ data, errors = [] }: ExecutionResult) =>
  JSON.parse(
    JSON.stringify({
      data,
      errors: errors
        .map(({ message, path, originalError }) => ({ message, path, of: originalError?.message }))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    }),
  );

/** Not each document uses all that is declared. */
const RULES = specifiedRules.filter((rule) => !rule.name.startsWith('NoUnused'));

test.each<[Mode, boolean, string[]]>([
  [{ isLater: false, fails: false }, true, ['compiled', 'whole', 'refused']],
  [{ isLater: true, fails: false }, true, ['compiled', 'whole', 'refused']],
  // What fails later in a list is a rejection that graphql-js 16 leaves to nobody.
  [{ isLater: false, fails: true }, true, ['compiled', 'failed', 'refused']],
  [{ isLater: false, fails: false }, false, ['left', 'whole', 'refused']],
])(
  'a query that keeps coming is answered as graphql-js does: %j, plain: %s',
  async (mode, isPlain, often) => {
    const schema = toy(mode);
    const seen: Record<string, number> = {};
    const count = (what: string) => {
      seen[what] = (seen[what] ?? 0) + 1;
    };
    await fc.assert(
      fc.asyncProperty(operationsOf(isPlain), variables, async (text, variableValues) => {
        const document = parse(text);
        fc.pre(validate(schema, document, RULES).length === 0);
        const execution = { schema, document, variableValues, contextValue: {} };
        const expected = await execute(execution);
        for (let turn = 0; turn < 8; turn += 1)
          expect(told(await executeOften(execution))).toEqual(told(expected));
        count(compiled(schema, document) ? 'compiled' : 'left');
        count(expected.data ? (expected.errors ? 'failed' : 'whole') : 'refused');
      }),
      { numRuns: 150 },
    );
    for (const what of often) expect(seen[what] ?? 0, what).toBeGreaterThan(10);
  },
);

/** What the library takes for the beginning of code, in the values of arguments. */
const MARKER = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';
const RUN = `${MARKER}globalThis.ranOnce=1`;
const ran = () => {
  const { ranOnce } = globalThis as { ranOnce?: number };
  Reflect.deleteProperty(globalThis, 'ranOnce');
  return ranOnce === 1;
};

test('the library runs a text as code: it must not be given one', async () => {
  const found = compileQuery(toy({ isLater: false, fails: false }), parse(`{ thing(id: "${RUN}") { id } }`));
  if (isCompiledQuery(found)) await found.query(undefined, {}, {});
  expect(ran()).toBe(true);
});

test.each([
  `{ thing(id: "${RUN}") { id } }`,
  `{ thing(id: """${RUN}""") { id } }`,
  `{ things(ids: "${RUN}") { id } }`,
  `{ things(ids: ["${RUN}"]) { id } }`,
  `{ thing(id: 1) { name(prefix: "${RUN}") said(filter: { tags: "${RUN}" }) } }`,
  `{ thing(id: 1) { said(filter: { tags: ["${RUN}"] }) } }`,
  `query ($id: ID! = "${RUN}") { thing(id: $id) { id } }`,
  `query ($ids: [ID!]! = ["${RUN}"]) { things(ids: $ids) { id } }`,
  `query ($f: Filter! = { tags: ["${RUN}"] }) { thing(id: 1) { said(filter: $f) } }`,
  `query ($id: ID!, $f: Filter!) { thing(id: $id) { said(filter: $f) } }`,
])('no text of a client is run: %s', async (text) => {
  const schema = toy({ isLater: false, fails: false });
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const variableValues = text.includes('$f: Filter!)') ? { id: RUN, f: { tags: [RUN] } } : {};
  const execution = { schema, document, variableValues, contextValue: {} };
  const expected = told(await execute(execution));
  expect(expected.errors).toEqual([]);
  for (let turn = 0; turn < 8; turn += 1) expect(told(await executeOften(execution))).toEqual(expected);
  expect(ran()).toBe(false);
});

test('what cannot be compiled is not tried again, and what can is compiled once for each schema', async () => {
  const document = parse('{ sureThing { id name(prefix: "x") } }');
  const answers = [1, 2].map((seed) => {
    const schema = buildSchema(TYPES);
    const field = schema.getQueryType()?.getFields().sureThing;
    if (field) field.resolve = () => ({ id: seed, name: String(seed) });
    return async () => (await executeOften({ schema, document, contextValue: {} })).data;
  });
  for (let turn = 0; turn < 8; turn += 1)
    expect(await Promise.all(answers.map((answer) => answer()))).toEqual([
      { sureThing: { id: '1', name: '1' } },
      { sureThing: { id: '2', name: '2' } },
    ]);
});

test('a mutation is never compiled, nor what holds several operations', () => {
  const schema = toy({ isLater: false, fails: false });
  expect(compiled(schema, parse('mutation { thing { id } }'))).toBeNull();
  expect(compiled(schema, parse('query A { sureThing { id } } query B { sureThing { id } }'))).toBeNull();
  expect(compiled(schema, parse('{ sureThing { id } }'))).toBeTypeOf('function');
});

test('one failure is told at once; several are told by graphql-js, unless nobody waits any more', async () => {
  const schema = buildSchema('type Query { a: Int b: Int c: Int }');
  let runs = 0;
  for (const name of ['a', 'b'])
    Object.assign(schema.getQueryType()?.getFields()[name] ?? {}, {
      resolve: async () => {
        runs += 1;
        throw new Error(`${name} failed`);
      },
    });
  const often = async (text: string, signal?: AbortSignal) => {
    const document = parse(text);
    const counts: number[] = [];
    for (let turn = 0; turn < 8; turn += 1) {
      runs = 0;
      const { data, errors } = await executeOften({ schema, document, contextValue: {}, signal });
      expect(Object.values(data ?? {})).toEqual(errors?.map(() => null));
      expect(errors?.map(({ path }) => path?.[0]).sort()).toEqual(Object.keys(data ?? {}).sort());
      counts.push(runs);
    }
    return counts;
  };
  expect(await often('{ a }')).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
  expect(await often('{ a b }')).toEqual([2, 2, 2, 2, 2, 2, 4, 4]);
  expect(await often('{ a b }', AbortSignal.abort())).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
});
