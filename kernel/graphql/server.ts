import { ApolloServer, type GraphQLRequestContextDidEncounterErrors } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyError } from 'fastify';
import { GraphQLError } from 'graphql';
import { log } from '../log.ts';
import { ANONYMOUS } from '../viewer.ts';
import { logUnexpected, maskError } from './execute.ts';
import type { Subgraph } from './subgraph.ts';

/** A subgraph listening on HTTP. */
export interface ListeningSubgraph {
  url: string;
  /** Answers what is under way, then releases the port and the subgraph. */
  close(): Promise<void>;
}

/** Representations of a large page fit in it; anything larger is not from our gateway. */
const BODY_LIMIT = 1024 * 1024;

/**
 * Serves one subgraph apart: `POST /graphql`, `/healthcheck`, `/readiness`. Answers JSON whatever happens.
 * Apollo's cache-control plugin is off, it costs as much CPU as the rest; its landing page is off too.
 */
export async function listenSubgraph(
  subgraph: Subgraph,
  { host, port }: { host: string; port: number },
): Promise<ListeningSubgraph> {
  const app = fastify({ bodyLimit: BODY_LIMIT, forceCloseConnections: 'idle' });
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      fastifyApolloDrainPlugin(app),
      { requestDidStart: async () => ({ didEncounterErrors: async (request) => logErrors(request) }) },
    ],
    formatError: (formatted, error) => {
      if (!(error instanceof GraphQLError))
        return { message: 'Internal error.', extensions: { code: 'INTERNAL' } };
      const masked = maskError(error);
      return masked === error ? formatted : masked.toJSON();
    },
  });
  await apollo.start();
  app.post('/graphql', fastifyApolloHandler(apollo, { context: async () => subgraph.context(ANONYMOUS) }));
  app.get('/healthcheck', () => ({ status: 'ok' }));
  app.get('/readiness', async (_request, reply) => {
    try {
      await subgraph.ready();
      return { status: 'ready' };
    } catch (error) {
      log.warn({ err: error, subgraph: subgraph.name }, 'not ready');
      return reply.code(503).send({ status: 'not ready' });
    }
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(failure('NOT_FOUND', 'No such address.')));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error, subgraph: subgraph.name }, 'a request failed');
    const answer =
      status < 500
        ? failure('BAD_USER_INPUT', 'Unreadable request.')
        : failure('INTERNAL', 'Internal error.');
    return reply.code(status).send(answer);
  });
  const url = await app.listen({ host, port });
  log.info({ subgraph: subgraph.name, url }, 'subgraph listening');
  return {
    url,
    close: async () => {
      await apollo.stop();
      await app.close();
      await subgraph.close();
    },
  };
}

function logErrors({ errors, request }: GraphQLRequestContextDidEncounterErrors<object>): void {
  logUnexpected(errors, request.http?.headers.get('x-request-id'));
}

const failure = (code: string, message: string) => ({ errors: [{ message, extensions: { code } }] });
