import { existsSync } from 'node:fs';
import closeWithGrace from 'close-with-grace';
import type { Config } from '../kernel/config.ts';
import { log } from '../kernel/log.ts';
import { gatewaySecrets } from '../kernel/signature/secrets.ts';
import { subgraphUrls } from './environment.ts';
import type { GatewayOptions } from './options.ts';
import { startGateway } from './server.ts';

/** Who may ask, and how much; anybody and anything when omitted. */
export type CallerOptions = Pick<
  GatewayOptions,
  'identity' | 'rates' | 'costs' | 'trustedProxies' | 'documents' | 'fileLimit' | 'answers'
>;

/** Longest that requests in flight may hold the process back once it is told to stop, in milliseconds. */
const GRACE = 15_000;

/**
 * Runs the gateway as the work of this process, on any supergraph file; its subgraphs are reached over HTTP. It signs
 * what it sends them, whoever they are: to those that ask for no signature these are headers like others.
 * Ends with the process: a signal lets the requests in flight finish, then `release` is called.
 */
export async function runGateway(
  options: Config & { supergraph: string; callers?: CallerOptions; release?: () => Promise<void> },
): Promise<void> {
  if (!existsSync(options.supergraph)) throw new Error(`There is no supergraph at ${options.supergraph}.`);
  const [secret] = gatewaySecrets(options);
  const gateway = await startGateway({
    supergraph: { file: options.supergraph },
    host: options.host,
    port: options.port,
    timeoutMs: options.subgraphTimeoutMs,
    subgraphUrls: subgraphUrls(process.env),
    secret,
    ...options.callers,
  });
  closeWithGrace({ delay: GRACE, logger: false }, async ({ err, signal }) => {
    if (err) log.fatal({ err }, 'stopping after an unexpected error');
    else log.info({ signal }, 'stopping');
    await gateway.close();
    await options.release?.();
  });
  log.info({ url: gateway.url }, 'gateway listening');
  // The address goes to standard output, so that whoever starts the process can read it.
  console.log(`gateway answers at ${gateway.url}/graphql`);
}
