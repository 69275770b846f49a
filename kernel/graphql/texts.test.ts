import { buildSchema, execute, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { checkTexts } from './texts.ts';

const schema = buildSchema(`
  scalar Date
  input Filter { name: String tags: [ID!] inner: Filter count: Int }
  type Query { site(id: ID, filter: Filter, day: Date, first: Int): String  count(first: Int): String }
`);
checkTexts(schema);
let ran = 0;
const ask = async (query: string, variableValues?: Record<string, unknown>) => {
  ran = 0;
  const rootValue = {
    site: () => {
      ran += 1;
      return 'x';
    },
    count: () => 'x',
  };
  return execute({ schema, document: parse(query), rootValue, variableValues });
};

const BAD = {
  NUL: 'a\u0000',
  'half of a pair': '\udc00a',
  override: 'a\u202e',
  mark: '\u200fa',
  isolate: '\u2067',
};

describe.each(Object.entries(BAD))('%s', (_name, text) => {
  test.each<[string, Record<string, unknown>]>([
    ['id', { id: text }],
    ['day', { day: text }],
    ['filter', { filter: { name: text } }],
    ['filter', { filter: { tags: ['a', text] } }],
    ['filter', { filter: { inner: { inner: { name: text } } } }],
  ])('in %s %#: refused, nothing runs', async (argument, variables) => {
    const { data, errors } = await ask(
      'query ($id: ID, $filter: Filter, $day: Date) { site(id: $id, filter: $filter, day: $day) }',
      variables,
    );
    expect(data).toEqual({ site: null });
    expect(errors?.map(({ message, extensions }) => [message, extensions.code])).toEqual([
      [`"${argument}" holds characters that are not text.`, 'BAD_USER_INPUT'],
    ]);
    expect(ran).toBe(0);
  });
});

test('a literal is looked at like a variable', async () => {
  const { errors } = await ask('{ site(filter: { tags: ["\\u0000"] }) }');
  expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
});

test.each([
  { id: "l'Haÿ-les-Roses 👋 \n\t %_\\ ' -- ; \u00a0" },
  { filter: { name: '', tags: [], inner: null, count: 3 } },
  {},
])('what is text passes: %j', async (variables) => {
  const { data, errors } = await ask(
    'query ($id: ID, $filter: Filter) { site(id: $id, filter: $filter, first: 3) count(first: 1) }',
    variables,
  );
  expect(errors).toBeUndefined();
  expect(data).toEqual({ site: 'x', count: 'x' });
});
