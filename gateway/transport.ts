import type { GatewayConfigSupergraph } from '@graphql-hive/gateway-runtime';
import http from '@graphql-mesh/transport-http';
import type { TravelContext } from './context.ts';
import { environmentName } from './environment.ts';
import type { GatewayOptions, InProcessExecutor } from './options.ts';
import { signing } from './signing.ts';

type Payload = Parameters<typeof http.getSubgraphExecutor>[0];
type HttpExecutor = ReturnType<typeof http.getSubgraphExecutor>;
type Result = Awaited<ReturnType<HttpExecutor>>;

/** How the gateway reaches its subgraphs, and how it lets go of the connections. */
export interface Transports {
  transports: NonNullable<GatewayConfigSupergraph['transports']>;
  close(): Promise<void>;
}

/**
 * A subgraph given in process is executed directly, any other is called over HTTP, signed when there is a secret to
 * sign with. Executors are handed to the
 * runtime without their dispose method: it would cut the requests in flight on the first signal, and at every
 * change of the supergraph.
 */
export function openTransports(
  options: Pick<GatewayOptions, 'inProcess' | 'subgraphUrls' | 'secret'>,
): Transports {
  const opened: HttpExecutor[] = [];
  const transport = {
    getSubgraphExecutor(payload: Payload) {
      const local = options.inProcess?.get(payload.subgraphName);
      if (local) return inProcess(local);
      const url = addressOf(payload.subgraphName, options.subgraphUrls ?? {});
      const remote = overHttp(payload, url, options.secret);
      opened.push(remote);
      return (request: Parameters<HttpExecutor>[0]) => remote(request);
    },
  };
  return {
    transports: () => transport,
    close: async () => {
      await Promise.all(opened.splice(0).map((executor) => executor[Symbol.asyncDispose]()));
    },
  };
}

/** The address given for a subgraph, under its name or under the form of it that the environment can hold. */
export function addressOf(name: string, urls: Readonly<Record<string, string>>): string | undefined {
  return urls[name] ?? urls[environmentName(name)];
}

function inProcess(subgraph: InProcessExecutor) {
  return ({ document, variables, context, signal }: Parameters<HttpExecutor>[0]): Promise<Result> => {
    const { requestKey, requestId, viewer }: TravelContext = context;
    return subgraph.execute({ document, variables, requestKey, requestId, viewer, signal });
  };
}

function overHttp(payload: Payload, url: string | undefined, secret: string | undefined): HttpExecutor {
  const entry = payload.transportEntry ?? { kind: 'http', subgraph: payload.subgraphName };
  const location = url ?? entry.location;
  if (!location) throw new Error(`The subgraph "${payload.subgraphName}" has no address.`);
  // Requests are shared by viewer before they come here; the transport would share them between viewers.
  const transportEntry = {
    ...entry,
    location,
    options: { ...entry.options, deduplicateInflightRequests: false },
  };
  if (secret === undefined) return http.getSubgraphExecutor({ ...payload, transportEntry });
  const fetch = signing(payload.fetch ?? globalThis.fetch, { secret, audience: payload.subgraphName });
  return http.getSubgraphExecutor({ ...payload, transportEntry, fetch });
}
