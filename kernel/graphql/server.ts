import {
  ApolloServer,
  type GraphQLRequestContextDidEncounterErrors,
  HeaderMap,
  type HTTPGraphQLResponse,
} from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import fastify, { type FastifyReply } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../errors.ts';
import { log } from '../log.ts';
import { READ_WITHIN, readInTime } from '../raw/patience.ts';
import { serveRoutes, targetsOf } from '../raw/serve.ts';
import { HEADERS } from '../signature/format.ts';
import { logUnexpected, maskError } from './execute.ts';
import { seenIn } from './kept.ts';
import { errorAnswer, notFound, unreadableAddress, unreadableHttp } from './neutral-answers.ts';
import { requireSignatures } from './signed-requests.ts';
import type { Subgraph } from './subgraph.ts';

/** A subgraph listening on HTTP. */
export interface ListeningSubgraph {
  url: string;
  /** Answers what is under way, then releases the port and the subgraph. */
  close(): Promise<void>;
}

/** Representations of a large page fit in it; anything larger is not from our gateway. */
const BODY_LIMIT = 1024 * 1024;

/** Longest that requests under way may hold back the closing, in milliseconds. */
const PATIENCE = 10_000;

/**
 * Serves one subgraph apart: `POST /graphql` and its routes beside GraphQL to gateways that sign with one of the
 * secrets, `/healthcheck` and `/readiness` to anybody. Viewer, request id and deadline are those of the signature. Answers JSON whatever happens.
 * Apollo's cache-control plugin is off, it costs as much CPU as the rest; its landing page is off too.
 */
export async function listenSubgraph(
  subgraph: Subgraph,
  { host, port, secrets }: { host: string; port: number; secrets: readonly string[] },
): Promise<ListeningSubgraph> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    ...READ_WITHIN,
    forceCloseConnections: 'idle',
    frameworkErrors: unreadableAddress,
    clientErrorHandler: unreadableHttp,
  });
  app.setNotFoundHandler(notFound);
  app.setErrorHandler(errorAnswer(subgraph.name));
  readInTime(app);
  const signed = requireSignatures(app, { name: subgraph.name, secrets, targetOf: targetsOf(subgraph) });
  const apollo = new ApolloServer<object>({
    schema: subgraph.schema,
    introspection: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    // Only JSON is read, and nothing that is not signed.
    csrfPrevention: false,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      { requestDidStart: async () => ({ didEncounterErrors: async (request) => logErrors(request) }) },
    ],
    formatError,
  });
  await apollo.start();
  app.post('/graphql', (request, reply) =>
    signed.inTime(request, async () => {
      const { viewer, requestId } = signed.of(request);
      const answer = await apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          search: '',
          // What Apollo reads of the others it has no use for: it answers JSON to whoever accepts what.
          headers: new HeaderMap([[HEADERS.requestId, requestId]]),
          body: request.body,
        },
        context: async () => subgraph.context(viewer, requestId, seenIn(request.body)),
      });
      return send(reply, answer);
    }),
  );
  await serveRoutes(app, subgraph, signed);
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
  const url = await app.listen({ host, port });
  log.info({ subgraph: subgraph.name, url }, 'subgraph listening');
  return {
    url,
    close: async () => {
      const timer = setTimeout(() => app.server.closeAllConnections(), PATIENCE);
      await app.close();
      clearTimeout(timer);
      await apollo.stop();
      await subgraph.close();
    },
  };
}

function send(reply: FastifyReply, { status = 200, headers, body }: HTTPGraphQLResponse): FastifyReply {
  if (body.kind !== 'complete') throw new Error('Answers of subgraphs are whole.');
  for (const [name, value] of headers) reply.header(name, value);
  return reply.code(status).send(body.string);
}

/** Codes that Apollo Server gives, where the closed list has others. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  INTERNAL_SERVER_ERROR: 'INTERNAL',
};

function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  if (!(error instanceof GraphQLError))
    return { message: 'Internal error.', extensions: { code: 'INTERNAL' } };
  const masked = maskError(error);
  if (masked !== error) return masked.toJSON();
  const code = CODES[String(formatted.extensions?.code)];
  return code ? { ...formatted, extensions: { ...formatted.extensions, code } } : formatted;
}

function logErrors({ errors, request }: GraphQLRequestContextDidEncounterErrors<object>): void {
  logUnexpected(errors, request.http?.headers.get(HEADERS.requestId));
}
