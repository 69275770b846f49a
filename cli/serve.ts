import closeWithGrace from 'close-with-grace';
import type { Config } from '../kernel/config.ts';
import { listenSubgraph } from '../kernel/graphql/server.ts';
import { log } from '../kernel/log.ts';
import { tellChanges } from '../kernel/postgres/published.ts';
import { gatewaySecrets } from '../kernel/signature/secrets.ts';
import { openDatabase } from './database.ts';
import { openSubgraph, type SubgraphName } from './subgraphs.ts';

/** Serves one subgraph, to the gateways that know its secret, as the work of this process; ends with a signal. */
export async function serveSubgraph(name: SubgraphName, config: Config, port: number): Promise<void> {
  const secrets = gatewaySecrets(config);
  const database = await openDatabase(config);
  if (name === 'administrations') {
    const { refreshAccess } = await import('../subgraphs/administrations/access/refresh.ts');
    await refreshAccess(database.url);
  }
  // Figures follow the directory and the threshold of small samples, which may have changed meanwhile.
  if (name === 'indicators') {
    const { refreshIndicators } = await import('../subgraphs/indicators/rollup/refresh.ts');
    await refreshIndicators(database.url, { suppressionThreshold: config.suppressionThreshold });
  }
  const subgraph = await openSubgraph(name, config, database.url);
  // Its code and settings may be others than those of the process before: what gateways keep of it is outdated.
  await tellChanges(database.url, name).catch((error: unknown) =>
    log.warn({ err: error }, 'gateways are not told that this subgraph begins'),
  );
  const listening = await listenSubgraph(subgraph, { host: config.host, port, secrets });
  closeWithGrace({ delay: 10_000, logger: false }, async ({ err }) => {
    if (err) log.fatal({ err }, 'stopping after an unexpected error');
    await listening.close();
    await database.stop();
  });
  // The address goes to standard output, so that whoever starts the process can read it.
  console.log(`${name} answers at ${listening.url}/graphql`);
}

/** Serves the gateway alone, on any supergraph, as the work of this process; ends with a signal. */
export async function serveGateway(
  config: Config,
  { supergraph, documents }: { supergraph: string; documents: string | null },
): Promise<void> {
  const { runGateway } = await import('../gateway/main.ts');
  const { callerOptions } = await import('./gateway-options.ts');
  const database = await openDatabase(config);
  // Without the setting it is an embedded one, and nothing says that the subgraphs use the same.
  const callers = await callerOptions(config, database.url, documents, config.databaseUrl !== undefined);
  const release = async () => {
    await callers.identity.close();
    await database.stop();
  };
  try {
    await runGateway({ ...config, supergraph, callers, release });
  } catch (error) {
    await release();
    throw error;
  }
}
