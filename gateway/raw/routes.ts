import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../../kernel/errors.ts';
import { log } from '../../kernel/log.ts';
import { ClientLeft, exchange, streamBodies } from '../../kernel/raw/exchange.ts';
import {
  isLong,
  LONG_DEADLINE,
  RAW_ADDRESSES,
  RAW_DEADLINE,
  type RawAddress,
  wellFormed,
} from '../../kernel/raw/paths.ts';
import { takesItsTime } from '../../kernel/raw/patience.ts';
import { nothingHere } from '../../kernel/raw/status.ts';
import { callerOf, viewerOf } from '../callers.ts';
import type { GatewayOptions } from '../options.ts';
import { subgraphAddresses } from '../supergraph.ts';
import { addressOf } from '../transport.ts';
import { compressed } from './compressed.ts';
import { ExportPlaces } from './export-places.ts';
import { overHttp } from './remote.ts';

/** Largest body that is passed on to a subgraph apart, in bytes. */
const FILE_LIMIT = 10_000_000;

type Options = Pick<GatewayOptions, 'inProcess' | 'subgraphUrls' | 'secret' | 'fileLimit'> & {
  /** The supergraph in service. */
  sdl: () => string;
};

/**
 * What subgraphs do beside GraphQL, at the addresses of `kernel/raw/paths.ts` and no others. To be registered behind
 * `recogniseCallers`: credentials, rates and quotas are those of GraphQL.
 */
export const rawRoutes: FastifyPluginAsync<Options> = async (scope: FastifyInstance, options) => {
  streamBodies(scope);
  scope.addHook('onRequest', async (request) => takesItsTime(request));
  const places = new ExportPlaces();
  for (const address of RAW_ADDRESSES) {
    scope.route({
      method: address.method,
      url: address.path,
      compress: false,
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const caller = callerOf(request);
        // Who is nobody gets a refusal, which takes no place.
        if (caller && isLong(address)) reply.raw.once('close', places.take(caller.id));
        try {
          return await pass(request, reply, address, options);
        } catch (error) {
          if (!(error instanceof ClientLeft)) throw error;
          log.debug({ requestId: request.id }, 'the client went away');
          return reply.hijack();
        }
      },
    });
  }
};

/** Lets the subgraph answer. @throws HubError SOURCE_UNAVAILABLE when it cannot; what it throws itself */
function pass(
  request: FastifyRequest,
  reply: FastifyReply,
  address: RawAddress,
  { inProcess, subgraphUrls = {}, secret, fileLimit = FILE_LIMIT, sdl }: Options,
): Promise<FastifyReply> {
  const { method, path } = address;
  const params = request.params as Readonly<Record<string, string>>;
  if (!wellFormed(params)) throw nothingHere();
  const subgraph = typeof address.subgraph === 'string' ? address.subgraph : address.subgraph(params);
  if (subgraph === undefined) throw nothingHere();
  const budget = isLong(address) ? LONG_DEADLINE : RAW_DEADLINE;
  const host = { viewer: viewerOf(request), requestId: request.id, params, budget };
  const accepted = request.headers['accept-encoding'];
  const local = inProcess?.get(subgraph);
  if (local) {
    const route = local.routes?.find((each) => each.method === method && each.path === path);
    if (!route) throw nothingHere();
    return exchange(request, reply, { ...host, bodyLimit: route.bodyLimit }, async (asked) =>
      compressed(await route.handle(asked), accepted),
    );
  }
  // A supergraph of somebody else's need not have such a subgraph.
  const location = subgraphAddresses(sdl()).get(subgraph);
  if (location === undefined) throw nothingHere();
  const url = addressOf(subgraph, subgraphUrls) ?? location;
  return exchange(request, reply, { ...host, bodyLimit: fileLimit }, async (asked) => {
    if (secret === undefined) throw new HubError('SOURCE_UNAVAILABLE', 'The source is unavailable.');
    const remote = { subgraph, url, secret, deadline: Date.now() + RAW_DEADLINE };
    return compressed(await overHttp(asked, address, remote), accepted);
  });
}
