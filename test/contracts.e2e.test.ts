import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { INTERNAL, PUBLIC } from './access/contracts.ts';
import { coordinatesOf, typesOf } from './access/coordinates.ts';
import { SUGGESTION, saysOf } from './access/hidden.ts';
import { ask, send, startedDatabase, startHub } from './kit/hub.ts';
import { CALLERS, rolesOf } from './kit/roles.ts';

const { url: databaseUrl } = await startedDatabase();
const { url } = await startHub(databaseUrl);
const keys = await rolesOf(databaseUrl);

const OPEN_TO = new Set<string>(['anonymous', 'PUBLIC']);

const printed = (schema: GraphQLSchema) => printSchema(lexicographicSortSchema(schema));

test.each(CALLERS)(
  'what %s learns by introspection is the printed contract, and nothing more',
  async (caller) => {
    const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true });
    const { data, errors } = await ask<IntrospectionQuery>(url, query, {}, { key: keys[caller] });
    expect(errors).toBeUndefined();
    expect(printed(buildClientSchema(data))).toBe(printed(OPEN_TO.has(caller) ? PUBLIC : INTERNAL));
  },
);

/** Every name that only the internal contract has, in a document that asks for it. */
const hidden = [
  ...typesOf(INTERNAL).flatMap(({ name }) => (PUBLIC.getType(name) ? [] : [name])),
  ...coordinatesOf(INTERNAL, PUBLIC).flatMap(({ open, member }) => (open ? [] : [member])),
];
const names = [...new Set(hidden)].sort();

describe('nothing in the public contract tells a name of the internal one', () => {
  /** Names that differ from a real one by a letter: whoever guesses is helped by suggestions. */
  const guesses = names.flatMap((name) => [
    name,
    `${name}s`,
    name.slice(0, -1),
    `${name[0]}${name.slice(2)}`,
  ]);
  const documents = {
    'root fields': (name: string) => `{ ${name} }`,
    'fields of a network': (name: string) => `{ network(id: "NET-caf") { ${name} } }`,
    types: (name: string) => `query ($v: ${name}) { __typename ... on ${name} { __typename } }`,
    arguments: (name: string) => `{ networks(${name}: 1) { id } }`,
    'values of an enum': (name: string) => `{ networks(orderBy: ${name}) { id } }`,
    mutations: (name: string) => `mutation { ${name} }`,
  };

  test.each(Object.entries(documents))('%s', async (_kind, write) => {
    for (const guess of guesses.filter((name) => name.length > 1)) {
      const document = write(guess);
      const { text } = await send(url, document);
      const said =
        (JSON.parse(text) as { errors?: { message: string }[] }).errors?.map(({ message }) => message) ?? [];
      const expected = saysOf(PUBLIC, document);
      // A schema that has no such type is valid to ask for a mutation: only execution says that there is none.
      if (expected.length > 0) expect(said).toEqual(expected);
      const suggested = (text.match(SUGGESTION) ?? []).join(' ');
      const told = names.filter((name) => new RegExp(`"${name}\\\\?"`).test(suggested));
      expect(told.filter((name) => !isPublicName(name))).toEqual([]);
    }
  });
});

/** Some names are used in both contracts, for different things. */
function isPublicName(name: string): boolean {
  return printed(PUBLIC).match(new RegExp(`\\b${name}\\b`)) !== null;
}

test('a contract without mutations says so, as a mistake of the caller', async () => {
  const { text } = await send(url, 'mutation { anything }');
  expect(JSON.parse(text)).toEqual({
    errors: [
      {
        message: 'Schema is not configured to execute mutation operation.',
        locations: [{ line: 1, column: 1 }],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
});
