import { composeServices, compositionHasErrors } from '@theguild/federation-composition';
import { type GraphQLSchema, parse, printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { publicSupergraph } from './contract.ts';
import { clientSchema } from './supergraph.ts';

const HEAD = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@tag", "@requiresScopes", "@inaccessible", "@shareable"])`;

const ONE = `${HEAD}
type Query { site(id: ID!, draft: Boolean @tag(name: "internal")): Site drafts: [Draft!] @tag(name: "internal") }
type Mutation { publish(input: PublishInput!): Draft @tag(name: "internal") }
type Site @key(fields: "id") { id: ID! name: String! backlog: Backlog @tag(name: "internal") state: State }
type Draft { id: ID! kind: Kind! site: Site }
type Backlog { size: Int! }
enum Kind { NEW OLD }
enum State { OPEN CLOSED PENDING @tag(name: "internal") }
input PublishInput { id: ID! }`;

const TWO = `${HEAD}
type Site @key(fields: "id") { id: ID! secret: Secret @tag(name: "internal") @requiresScopes(scopes: [["audit:read"]]) }
type Secret { code: String }
type Query { other: String }`;

function compose(...texts: string[]): string {
  const result = composeServices(
    texts.map((text, index) => ({ name: `s${index}`, typeDefs: parse(text), url: 'http://s' })),
  );
  if (compositionHasErrors(result)) throw new Error(result.errors.map(({ message }) => message).join('\n'));
  return result.supergraphSdl;
}

const types = (schema: GraphQLSchema) =>
  Object.keys(schema.getTypeMap())
    .filter((name) => !name.startsWith('__'))
    .sort();

test('what is tagged, and what only it leads to, is not in the public contract', () => {
  const supergraph = compose(ONE, TWO);
  const whole = clientSchema(supergraph);
  expect(types(whole)).toEqual(
    expect.arrayContaining(['Mutation', 'Draft', 'Kind', 'PublishInput', 'Secret']),
  );
  const open = clientSchema(publicSupergraph(supergraph));
  expect(types(open)).toEqual(['Boolean', 'ID', 'Query', 'Site', 'State', 'String'].sort());
  expect(open.getMutationType()).toBeUndefined();
  expect(printSchema(open)).toBe(`type Query {
  site(id: ID!): Site
  other: String
}

type Site {
  id: ID!
  name: String!
  state: State
}

enum State {
  OPEN
  CLOSED
}`);
});

test('a supergraph without internal elements is served as it is', () => {
  const supergraph = compose(`${HEAD} type Query { a: String @tag(name: "other") }`);
  expect(publicSupergraph(supergraph)).toBe(supergraph);
});
