// Apollo Gateway under Apollo Server, both as they come, before subgraphs whose addresses are in SUBGRAPHS.
import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const urls = JSON.parse(process.env.SUBGRAPHS);
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8'),
  buildService: ({ name }) => new RemoteGraphQLDataSource({ url: urls[name.toLowerCase()] }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { port: 0, host: '127.0.0.1' },
});
console.log(`gateway answers at ${url.replace(/\/$/, '')}`);
