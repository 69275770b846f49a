import closeWithGrace from 'close-with-grace';
import { Argument, Command, Option } from 'commander';
import { runGateway } from '../gateway/main.ts';
import type { Config } from '../kernel/config.ts';
import { listenSubgraph } from '../kernel/graphql/server.ts';
import { log } from '../kernel/log.ts';
import { openDatabase } from './database.ts';
import { openSubgraph, SUBGRAPH_NAMES, type SubgraphName } from './subgraphs.ts';

/** `hub serve gateway` and `hub serve subgraph <name>`: the hub as separate processes over HTTP. */
export function serveCommand(config: Config): Command {
  const serve = new Command('serve').description(
    'Serve the gateway or one subgraph as a process of its own.',
  );
  serve
    .command('gateway')
    .description('Serve the gateway alone, on any supergraph; subgraphs are reached over HTTP.')
    .option('--supergraph <file>', 'supergraph to serve', 'schema/supergraph.graphql')
    .addOption(portOption(config.port))
    .action((options: { supergraph: string; port: number }) =>
      runGateway({ ...config, port: options.port, supergraph: options.supergraph }),
    );
  serve
    .command('subgraph')
    .description('Serve one subgraph alone.')
    .addArgument(new Argument('<name>', 'which one').choices(SUBGRAPH_NAMES))
    .addOption(portOption(0))
    .action((name: SubgraphName, options: { port: number }) => serveSubgraph(name, config, options.port));
  return serve;
}

const portOption = (fallback: number) =>
  new Option('--port <number>', 'port to listen on; 0 lets the system choose')
    .argParser(Number)
    .default(fallback);

async function serveSubgraph(name: SubgraphName, config: Config, port: number): Promise<void> {
  const database = await openDatabase(config);
  const subgraph = await openSubgraph(name, config, database.url);
  const listening = await listenSubgraph(subgraph, { host: config.host, port });
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an unexpected error');
    await listening.close();
    await database.stop();
  });
  // The address goes to standard output, so that whoever starts the process can read it.
  console.log(`${name} answers at ${listening.url}/graphql`);
}
