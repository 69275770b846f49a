import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../errors.ts';
import type { SignedRequests } from '../graphql/signed-requests.ts';
import type { Subgraph } from '../graphql/subgraph.ts';
import { ClientLeft, exchange, streamBodies } from './exchange.ts';
import { filledPath, isLong, LONG_DEADLINE, queryOf, wellFormed } from './paths.ts';
import { takesItsTime } from './patience.ts';
import { nothingHere, statusOf } from './status.ts';

/** Header of an answer that a handler gave; what has none was refused before it came to one. */
export const ANSWERED = 'hub-answer';

type Params = Readonly<Record<string, string>>;

/** What the requests for the routes of a subgraph are signed for; undefined for GraphQL. */
export function targetsOf({ routes = [] }: Pick<Subgraph, 'routes'>) {
  return (request: FastifyRequest): string | undefined => {
    const { url } = request.routeOptions;
    const route = routes.find(({ method, path }) => method === request.method && path === url);
    return (
      route && `${route.method} ${filledPath(route.path, request.params as Params, queryOf(request.url))}`
    );
  };
}

/** Serves the routes of a subgraph apart, to the gateways whose signature `signed` has verified. */
export async function serveRoutes(
  app: FastifyInstance,
  { routes = [] }: Pick<Subgraph, 'routes'>,
  signed: SignedRequests,
): Promise<void> {
  await app.register(async (scope) => {
    streamBodies(scope);
    scope.addHook('onRequest', async (request) => takesItsTime(request));
    for (const { method, path, bodyLimit, handle } of routes) {
      scope.route({
        method,
        url: path,
        handler: async (request, reply) => {
          const { viewer, requestId, deadline } = signed.of(request);
          const params = request.params as Params;
          // What streams for long is begun within the deadline of the signature, and has a time of its own.
          const budget = isLong({ method, path }) ? LONG_DEADLINE : Math.max(deadline - Date.now(), 0);
          reply.header(ANSWERED, 'v1');
          try {
            if (!wellFormed(params)) throw nothingHere();
            return await exchange(request, reply, { viewer, requestId, params, bodyLimit, budget }, handle);
          } catch (error) {
            if (error instanceof ClientLeft) return reply.hijack();
            if (!(error instanceof HubError)) throw error;
            const { code, message, extensions } = error;
            // The gateway tells it in its own words.
            return await reply
              .code(statusOf(error))
              .send({ errors: [{ message, extensions: { ...extensions, code } }] });
          }
        },
      });
    }
  });
}
