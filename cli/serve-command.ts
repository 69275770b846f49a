import { Argument, Command, InvalidArgumentError } from 'commander';
import type { Config } from '../kernel/config.ts';
import { fromCaller } from './caller.ts';
import { OPERATIONS } from './operations.ts';
import { defaultSubgraphPort } from './ports.ts';
import { SUBGRAPH_NAMES, type SubgraphName } from './subgraphs.ts';

const OWN_SUPERGRAPH = 'schema/supergraph.graphql';

/** `hub serve gateway` and `hub serve subgraph <name>`: the hub as separate processes over HTTP. */
export function serveCommand(config: Config): Command {
  const serve = new Command('serve').description(
    'Serve the gateway or one subgraph as a process of its own.',
  );
  serve
    .command('gateway')
    .description('Serve the gateway alone, on any supergraph; subgraphs are reached over HTTP.')
    .option('--supergraph <file>', 'supergraph to serve', (file: string) => fromCaller(file), OWN_SUPERGRAPH)
    .option(
      '--documents <folder>',
      'trusted documents to serve; those of the project with its own supergraph, none with another',
      (folder: string) => fromCaller(folder),
    )
    .option('--port <number>', 'port to listen on; 0 lets the system choose', port, config.port)
    .action(
      async ({ supergraph, documents, port }: { supergraph: string; documents?: string; port: number }) =>
        (await import('./serve.ts')).serveGateway(
          { ...config, port },
          { supergraph, documents: documents ?? (supergraph === OWN_SUPERGRAPH ? OPERATIONS : null) },
        ),
    );
  serve
    .command('subgraph')
    .description('Serve one subgraph alone.')
    .addArgument(new Argument('<name>', 'which one').choices(SUBGRAPH_NAMES))
    .option('--port <number>', 'port to listen on; the one of the supergraph when omitted', port)
    .action(async (name: SubgraphName, { port }: { port?: number }) =>
      (await import('./serve.ts')).serveSubgraph(name, config, port ?? defaultSubgraphPort(name)),
    );
  return serve;
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError('Expected a port, 0 to 65535.');
  return value;
}
