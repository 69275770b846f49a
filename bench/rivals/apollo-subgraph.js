// One subgraph of the hub under Apollo Server as it comes, with its default plugins and no signature.
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { openSubgraph } from '../../cli/subgraphs.ts';
import { readConfig } from '../../kernel/config.ts';
import { ANONYMOUS } from '../../kernel/viewer.ts';

const [, , name] = process.argv;
const subgraph = await openSubgraph(name, readConfig(process.env), process.env.DATABASE_URL);
const { url } = await startStandaloneServer(new ApolloServer({ schema: subgraph.schema }), {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => subgraph.context(ANONYMOUS),
});
console.log(`${name} answers at ${url.replace(/\/$/, '')}`);
