import { Argument, Command } from 'commander';
import type { Config } from '../kernel/config.ts';
import { fromCaller } from './caller.ts';
import { defaultSubgraphPort } from './ports.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from './subgraphs.ts';

/** `hub serve gateway` and `hub serve subgraph <name>`: the hub as separate processes over HTTP. */
export function serveCommand(config: Config): Command {
  const serve = new Command('serve').description(
    'Serve the gateway or one subgraph as a process of its own.',
  );
  serve
    .command('gateway')
    .description('Serve the gateway alone, on any supergraph; subgraphs are reached over HTTP.')
    .option(
      '--supergraph <file>',
      'supergraph to serve',
      (file: string) => fromCaller(file),
      'schema/supergraph.graphql',
    )
    .option('--port <number>', 'port to listen on; 0 lets the system choose', Number, config.port)
    .action(async (options: { supergraph: string; port: number }) =>
      (await import('../gateway/main.ts')).runGateway({ ...config, ...options }),
    );
  serve
    .command('subgraph')
    .description('Serve one subgraph alone.')
    .addArgument(new Argument('<name>', 'which one').choices(SUBGRAPH_NAMES))
    .option('--port <number>', 'port to listen on; the one of the supergraph when omitted', Number)
    .action(async (name: SubgraphName, { port }: { port?: number }) =>
      (await import('./serve.ts')).serveSubgraph(name, config, port ?? defaultSubgraphPort(name)),
    );
  return serve;
}
