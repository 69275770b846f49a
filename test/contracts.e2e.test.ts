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
import { saysOf } from './access/hidden.ts';
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

/** Every name that only the internal contract has. */
const hidden = [
  ...typesOf(INTERNAL).flatMap(({ name }) => (PUBLIC.getType(name) ? [] : [name])),
  ...coordinatesOf(INTERNAL, PUBLIC).flatMap(({ open, member }) => (open ? [] : [member])),
];
const names = [...new Set(hidden)].sort();

/** Names that differ from a real one by a letter: whoever guesses is helped by suggestions. */
const guesses = [
  ...new Set(names.flatMap((name) => [name, `${name}s`, name.slice(0, -1), `${name[0]}${name.slice(2)}`])),
].filter((name) => name.length > 1);

/** An answer tells twenty errors: two of each name at most. */
const TOGETHER = 10;
const groups = guesses.flatMap((_, index) =>
  index % TOGETHER === 0 ? [guesses.slice(index, index + TOGETHER)] : [],
);

describe('nothing in the public contract tells a name of the internal one', () => {
  const documents = {
    'root fields': (some: string[]) => `{ ${some.join(' ')} }`,
    'fields of a network': (some: string[]) => `{ network(id: "NET-caf") { ${some.join(' ')} } }`,
    types: (some: string[]) => `{ ${some.map((name) => `... on ${name} { __typename }`).join(' ')} }`,
    arguments: (some: string[]) => `{ networks(${some.map((name) => `${name}: 1`).join(' ')}) { id } }`,
    'values of an enum': (some: string[]) =>
      `{ ${some.map((name, nth) => `n${nth}: networks(orderBy: ${name}) { id }`).join(' ')} }`,
  };

  test.each(Object.entries(documents))('%s', async (_kind, write) => {
    for (const document of groups.map(write)) {
      const { text } = await send(url, document);
      const { errors } = JSON.parse(text) as { errors: { message: string }[] };
      expect(errors.map(({ message }) => message)).toEqual(saysOf(PUBLIC, document));
      const told = names.filter((name) => suggestedIn(text).includes(`"${name}"`));
      expect(told.filter((name) => !isPublicName(name))).toEqual([]);
    }
  });
});

const suggestedIn = (text: string) =>
  (text.replaceAll('\\"', '"').match(/Did you mean .*?\?/g) ?? []).join(' ');

const PUBLIC_TEXT = printed(PUBLIC);

/** Some names are used in both contracts, for different things. */
function isPublicName(name: string): boolean {
  return new RegExp(`\\b${name}\\b`).test(PUBLIC_TEXT);
}
