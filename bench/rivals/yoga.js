// The hub's own resolvers as one schema, under GraphQL Yoga.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { openSubgraphs } from '../../cli/subgraphs.ts';
import { readConfig } from '../../kernel/config.ts';
import { listen } from './listen.ts';
import { Contexts, monolith } from './monolith.ts';

const supergraph = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
const opened = await openSubgraphs(readConfig(process.env), process.env.DATABASE_URL);
const subgraphs = new Map(opened.map((subgraph) => [subgraph.name, subgraph]));
const yoga = createYoga({
  schema: monolith(supergraph, subgraphs),
  context: () => ({ contexts: new Contexts(subgraphs) }),
  graphiql: false,
  landingPage: false,
  logging: 'error',
});
await listen('yoga monolith', createServer(yoga));
