// Apollo Gateway under Apollo Server, both as they come, before subgraphs whose addresses are in SUBGRAPHS.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { parse, print, visit } from 'graphql';

const urls = JSON.parse(process.env.SUBGRAPHS);
const whole = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
// Apollo Gateway refuses a supergraph that asks for scopes, which only Apollo's paid router enforces. Subgraphs of the
// hub check scopes themselves, and what is compared asks for none.
const isScopes = ({ name, arguments: given = [] }) =>
  name.value === 'requiresScopes' ||
  (name.value === 'link' && given.some(({ value }) => value.value?.includes('/requiresScopes/')));
const supergraphSdl = print(
  visit(parse(whole, { noLocation: true }), {
    Directive: (directive) => (isScopes(directive) ? null : undefined),
    DirectiveDefinition: ({ name }) => (name.value === 'requiresScopes' ? null : undefined),
  }),
);
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ name }) => new RemoteGraphQLDataSource({ url: urls[name.toLowerCase()] }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: 0, host: '127.0.0.1' },
});
console.log(`gateway answers at ${url.replace(/\/$/, '')}`);
