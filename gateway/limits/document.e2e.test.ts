import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fixtureSupergraph, inProcessFixtures } from '../fixtures/subgraphs.ts';
import type { InProcessExecutor } from '../options.ts';
import { startGateway } from '../server.ts';
import { documentLimits } from './document.ts';
import { variableLimits } from './variables.ts';

let ran = 0;
const counted = new Map(
  [...inProcessFixtures()].map(([name, executor]): [string, InProcessExecutor] => [
    name,
    {
      execute: (request) => {
        ran += 1;
        return executor.execute(request);
      },
    },
  ]),
);

const gateway = await startGateway({
  supergraph: fixtureSupergraph(),
  host: '127.0.0.1',
  port: 0,
  inProcess: counted,
  plugins: [documentLimits(), variableLimits()],
});
afterAll(() => gateway.close());
beforeEach(() => {
  ran = 0;
});

interface Refused {
  status: number;
  text: string;
  errors: { message: string; extensions: { code: string } }[];
}

async function send(body: string): Promise<Refused> {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  const text = await response.text();
  const { errors = [] }: Partial<Refused> = JSON.parse(text);
  return { status: response.status, text, errors };
}
const ask = (query: string, variables?: unknown) => send(JSON.stringify({ query, variables }));

/** Hosts, paths, SQL, stacks. */
const LEAK = /127\.0\.0\.1|localhost|node_modules|\/[a-z]+\/[\w-]+\.[tj]s|\bat \w+ \(|\bselect \*|postgres/i;

/** What there is to say of an answer; `as` is what a refusal must be. */
const told = ({ status, text, errors }: Refused) => ({
  status,
  codes: [...new Set(errors.map(({ extensions }) => extensions.code))],
  atMost20: errors.length <= 20,
  below10kB: Buffer.byteLength(text) < 10_000,
  leak: LEAK.exec(text)?.[0],
  data: text.includes('"data"'),
  ran,
});
const as = (code: string) => ({
  status: 400,
  codes: [code],
  atMost20: true,
  below10kB: true,
  leak: undefined,
  data: false,
  ran: 0,
});

const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i));
const nested = (levels: number, field: string, leaf: string) =>
  `${`${field} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;

const COSTLY: Record<string, string> = {
  'depth 16': `{ ${nested(15, 'sites { territory', 'name').replaceAll('sites { territory {', 'sites {')} }`,
  'depth 16 through fragments': `{ sites { ...A } } fragment A on Site { territory { ${nested(12, 'parent', '...B')} } }
    fragment B on Territory { parent { name } }`,
  'depth 400': `{ ${nested(400, 'sites', 'name')} }`,
  'depth in a fragment that nothing spreads': `{ __typename } fragment A on Territory { ${nested(16, 'parent', 'id')} }`,
  '1 001 tokens': `{ ${many(999, () => '__typename').join(' ')} }`,
  '20 001 characters': `{ __typename #${' '.repeat(20_000)}\n }`,
  '31 aliases of one field': `{ ${many(31, (i) => `a${i}: best { id }`).join(' ')} }`,
  '31 aliases of __typename': `{ ${many(31, (i) => `a${i}: __typename`).join(' ')} }`,
  '31 aliases in two operations': `query A { ${many(16, (i) => `a${i}: __typename`).join(' ')} } query B { ${many(16, (i) => `a${i}: __typename`).join(' ')} }`,
  '31 aliases in inline fragments': `{ ${many(31, (i) => `... { a${i}: __typename }`).join(' ')} }`,
  'a flood of __typename': `{ ${many(31, () => '__typename').join(' ')} }`,
  'a flood in nested objects': `{ ${many(20, () => `sites { ${many(2, () => 'id').join(' ')} }`).join(' ')} }`,
  'a flood in fragments': `{ sites { ${many(40, (i) => `...F${i}`).join(' ')} } } ${many(40, (i) => `fragment F${i} on Site { id }`).join(' ')}`,
  'the same fields again and again': `{ sites { ${['id', 'name', 'kind', 'score', '__typename', 'phones', 'directions', 'strictPhones'].flatMap((field) => many(29, () => field)).join(' ')} } }`,
  '21 directives': `{ ${many(21, (i) => `a${i}: __typename @include(if: true)`).join(' ')} }`,
  '21 directives that nobody knows': `{ __typename ${many(21, (i) => `@x${i}`).join(' ')} }`,
  'fan-out of fragments': `{ ...F0 } ${many(40, (i) => `fragment F${i} on Query { ...F${i + 1} ... { ...F${i + 1} } }`).join(' ')} fragment F40 on Query { __typename }`,
  'fan-out of fields': `{ sites { ...F0 } } ${many(6, (i) => `fragment F${i} on Site { ${many(4, (n) => `a${i}${n}: network { sites { ...F${i + 1} } }`).join(' ')} }`).join(' ')} fragment F6 on Site { id }`,
  '11 operations': many(11, (i) => `query Q${i} { __typename }`).join(' '),
  '61 fragments': `{ __typename } ${many(61, (i) => `fragment F${i} on Query { __typename }`).join(' ')}`,
  '61 variables': `query (${many(61, (i) => `$v${i}: ID`).join(' ')}) { __typename }`,
  'introspection of fields of fields':
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
  'introspection under 30 aliases': `{ ${many(30, (i) => `s${i}: __schema { types { fields { name args { name } } } }`).join(' ')} }`,
  'introspection in a fragment': `{ ${many(30, (i) => `s${i}: __schema { ...S }`).join(' ')} } fragment S on __Schema { types { ...T } } fragment T on __Type { fields { name args { name } } }`,
  'introspection 30 deep': `{ __schema { types { ${nested(30, 'ofType', 'name')} } } }`,
};

const INVALID: Record<string, string> = {
  'a fragment that spreads itself': '{ ...A } fragment A on Query { ...A }',
  'a cycle of fragments':
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  'a cycle below a field': '{ sites { ...A } } fragment A on Site { network { sites { ...A } } }',
  'a cycle that nothing spreads': '{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }',
  'a fragment with a name of 15 000 characters in a cycle': `{ __typename } fragment ${'F'.repeat(5000)} on Query { ...${'F'.repeat(5000)} }`,
  '400 unknown fields': `{ ${many(400, (i) => `unknown${i}`).join(' ')} }`,
  '300 unknown arguments': `{ site(${many(300, (i) => `unknown${i}: 1`).join(' ')}) { id } }`,
  'a name of 15 000 characters': `{ ${'x'.repeat(15_000)} }`,
  'a type of 15 000 characters': `{ ... on ${'X'.repeat(15_000)} { a } }`,
  'a variable of 15 000 characters': `{ site(id: $${'x'.repeat(15_000)}) { id } }`,
  'a list 400 deep': `{ nodes(ids: ${'['.repeat(400)}"a"${']'.repeat(400)}) { id } }`,
  'many long values of three bytes each': `{ ${many(25, (i) => `a${i}: site(id: { x: "${'€'.repeat(600)}" }) { id }`).join(' ')} }`,
  'many names of 600 characters': `{ ${many(30, (i) => `${'x'.repeat(600)}${i}`).join(' ')} }`,
  'conflicts of all with all, below': `{ ${many(14, (i) => `sites { network { ${many(2, (n) => `${'x'.repeat(120)}: ${(i + n) % 2 ? 'id' : 'name'}`).join(' ')} } }`).join(' ')} }`,
  'conflicts of all with all': `{ ${many(30, (i) => `a: site(id: "${i}") { id }`).join(' ')} }`,
};

describe('a hostile document is refused before anything runs', () => {
  test.each(Object.entries(COSTLY))('%s', async (_name, query) => {
    expect(told(await ask(query))).toEqual(as('COST_LIMIT'));
    // The cache of the parser answers the same.
    expect(told(await ask(query))).toEqual(as('COST_LIMIT'));
  });

  test.each(Object.entries(INVALID))('%s', async (_name, query) => {
    expect(told(await ask(query))).toEqual(as('GRAPHQL_VALIDATION_FAILED'));
  });

  test('a syntax error shows little of the document', async () => {
    expect(told(await ask(`{ site(id: "${'x'.repeat(10_000)}) } }`))).toEqual(as('GRAPHQL_PARSE_FAILED'));
    expect(told(await ask(`query ${'x'.repeat(10_000)} ${'y'.repeat(9000)} {}`))).toEqual(
      as('GRAPHQL_PARSE_FAILED'),
    );
  });
});

describe('what stays within the limits runs', () => {
  const served: Record<string, string> = {
    'depth 15': `{ sites { territory { ${nested(12, 'parent', 'name')} } } }`,
    '30 aliases': `{ ${many(30, (i) => `a${i}: best { id }`).join(' ')} }`,
    '20 directives': `{ ${many(20, (i) => `a${i}: __typename @include(if: true)`).join(' ')} }`,
    'a fragment in many places': `{ ${many(30, (i) => `a${i}: best { ...F }`).join(' ')} } fragment F on Site { id name }`,
    'types with the same fields': `{ things { ${['Site', 'Network', 'Territory'].map((type) => `... on ${type} { id name }`).join(' ')} } }`,
    'the introspection of tools': getIntrospectionQuery({
      inputValueDeprecation: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      oneOf: true,
    }),
  };
  test.each(Object.entries(served))('%s', async (_name, query) => {
    const { status, errors, text } = await ask(query);
    expect(errors).toEqual([]);
    expect(status).toBe(200);
    expect(text).toContain('"data"');
  });
});

describe('text that no database takes is refused wherever it is', () => {
  const SITE = 'query ($id: ID!) { site(id: $id) { id } }';
  const texts = {
    NUL: 'a\u0000b',
    'half of a surrogate pair': 'a\ud800',
    'a right-to-left override': 'a\u202eb',
    'an isolate': '\u2066',
  };
  test.each(Object.entries(texts))('%s in a variable', async (_name, text) => {
    expect(told(await ask(SITE, { id: text }))).toEqual(as('BAD_USER_INPUT'));
  });

  test.each(Object.entries(texts))(
    '%s in a list, in an object, in a key, in a variable that nothing uses',
    async (_name, text) => {
      for (const value of [[['a', text]], { a: { b: text } }, { [text]: 1 }])
        expect(told(await ask(SITE, { id: 'SITE-1', more: value }))).toEqual(as('BAD_USER_INPUT'));
      expect(told(await ask(SITE, { id: 'SITE-1', [text]: 1 }))).toEqual(as('BAD_USER_INPUT'));
    },
  );

  test.each(['a\\u0000b', 'a\\u202eb', 'a\u202eb', '\u2066'])('%j in a literal', async (text) => {
    expect(told(await ask(`{ site(id: "${text}") { id } }`))).toEqual(as('BAD_USER_INPUT'));
    expect(told(await ask(`{ nodes(ids: ["a", "${text}"]) { id } }`))).toEqual(as('BAD_USER_INPUT'));
  });

  test('half of a surrogate pair in a literal is no GraphQL', async () => {
    expect(told(await ask('{ site(id: "a\\ud800") { id } }'))).toEqual(as('GRAPHQL_PARSE_FAILED'));
  });
});

describe('variables that are none', () => {
  test.each(['[', '{"a":'])('nested 100 000 deep: %s', async (open) => {
    const levels = open === '[' ? 100_000 : 40_000;
    const close = open === '[' ? ']' : '}';
    const value = `${open.repeat(levels)}1${close.repeat(levels)}`;
    const query = JSON.stringify('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }');
    for (const name of ['ids', 'other'])
      expect(told(await send(`{"query":${query},"variables":{"${name}":${value}}}`))).toEqual(
        as('BAD_USER_INPUT'),
      );
  });

  test.each([
    '{"id":"SITE-1","__proto__":{"id":"SITE-2"}}',
    '{"id":{"__proto__":{"x":1}}}',
    '{"__proto__":1}',
  ])('with a __proto__: %s', async (variables) => {
    const query = JSON.stringify('query ($id: ID!) { site(id: $id) { id } }');
    expect(told(await send(`{"query":${query},"variables":${variables}}`))).toEqual(as('BAD_USER_INPUT'));
  });

  test.each([
    'query ($__proto__: ID) { site(id: $__proto__) { id } }',
    '{ __proto__: best { id } }',
    '{ site(id: { __proto__: 1 }) { id } }',
  ])('reserved names in the document: %s', async (query) => {
    expect(told(await ask(query))).toEqual(as('BAD_USER_INPUT'));
  });

  test.each(['constructor', 'toString', 'hasOwnProperty', 'then', 'toJSON'])(
    'the alias %s is a key like any other',
    async (alias) => {
      const { text, errors } = await ask(`{ ${alias}: best { ${alias}: id network { ${alias}: name } } }`);
      expect(errors).toEqual([]);
      expect(JSON.parse(text)).toEqual({
        data: { [alias]: { [alias]: 'SITE-1', network: { [alias]: 'Caf' } } },
      });
    },
  );

  test('too many values, in one variable or in many', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const values = Array.from({ length: 20_000 }, () => 1);
    const keys = Object.fromEntries(values.map((value, index) => [`k${index}`, value]));
    for (const variables of [{ ids: values }, { ids: [], other: values }, { ids: [], ...keys }])
      expect(told(await ask(query, variables))).toEqual(as('BAD_USER_INPUT'));
  });

  test('a long value is not repeated', async () => {
    const answer = await ask('query ($id: ID!) { site(id: $id) { id } }', { id: { a: 'x'.repeat(20_000) } });
    expect(told(answer)).toEqual(as('BAD_USER_INPUT'));
  });
});
