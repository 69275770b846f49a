import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify';
import { log } from '../kernel/log.ts';
import { ANONYMOUS } from '../kernel/viewer.ts';
import { failure, requestIdOf } from './answers.ts';
import { allowAnyOrigin } from './cors.ts';
import { CONTENT_SECURITY_POLICY, explorer } from './explorer/routes.ts';
import type { GatewayOptions, RunningGateway } from './options.ts';
import { readiness } from './readiness.ts';
import { createRuntime, type Runtime } from './runtime.ts';
import { openSupergraph } from './supergraph.ts';
import { openTransports } from './transport.ts';

/** Largest body of a request, in bytes. */
const BODY_LIMIT = 256 * 1024;

/** A request whose headers and body have not come after this many milliseconds is given up. */
const REQUEST_TIMEOUT = 15_000;

/**
 * Serves a supergraph: `/graphql`, `/healthcheck`, `/readiness`, and the explorer at `/`. Every answer but the
 * pages is JSON. Rejects when the supergraph is not usable or the port is taken.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  const transports = openTransports(options);
  const supergraph = await openSupergraph(options.supergraph);
  const deadlines = { total: options.deadlineMs ?? 10_000, subgraph: options.timeoutMs ?? 9_000 };
  const runtime = createRuntime(() => supergraph.sdl(), transports, deadlines, options.plugins ?? []);
  supergraph.follow(() => runtime.invalidateUnifiedGraph());
  let closing = false;

  const app = fastify({
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    // Requests that are in flight, or that come on open connections, are answered before the end.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    frameworkErrors: (_error, { id }, reply) => {
      reply.raw.statusCode = 400;
      reply.raw.setHeader('x-request-id', id);
      reply.raw.setHeader('content-type', 'application/json; charset=utf-8');
      reply.raw.end(JSON.stringify(failure('BAD_USER_INPUT', refusal(400), id)));
    },
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
  });
  // Whether the address is served over TLS is for the proxy in front to say.
  await app.register(helmet, {
    strictTransportSecurity: false,
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    crossOriginResourcePolicy: false,
  });
  await app.register(compress, { threshold: 2048 });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection of a request that was in flight stays open, and the host waits for it.
    if (closing) reply.header('connection', 'close');
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(failure('NOT_FOUND', 'There is nothing at this address.', request.id)),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(failure('BAD_USER_INPUT', refusal(status), request.id));
    log.error({ err: error, requestId: request.id }, 'a request failed');
    return reply.code(status).send(failure('INTERNAL', 'Internal error.', request.id));
  });
  allowAnyOrigin(app, '/graphql');
  // The body stays text: the runtime reads it, and says what is wrong with it.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) => graphql(runtime, request, reply),
  });
  app.get('/healthcheck', () => ({ status: 'ok' }));
  const ready = readiness(runtime, options.inProcess);
  app.get('/readiness', async (_request, reply) => {
    if (!closing && (await ready())) return { status: 'ready' };
    return reply.code(503).header('retry-after', '1').send({ status: 'not ready' });
  });
  await app.register(explorer, { folder: options.operations });

  const release = async () => {
    closing = true;
    supergraph.stop();
    await app.close();
    await runtime[Symbol.asyncDispose]();
    await transports.close();
  };
  try {
    const url = await app.listen({ host: options.host, port: options.port });
    // The first plan and schema are made now, not under the first client.
    await runtime.getSchema();
    return { url, close: release };
  } catch (error) {
    await release();
    throw error;
  }
}

function refusal(status: number): string {
  if (status === 413) return `The body is larger than ${BODY_LIMIT} bytes.`;
  if (status === 415) return 'The body must be JSON: send it as application/json.';
  return 'The request cannot be read.';
}

/** Hands a request to the runtime, and its answer back; the runtime knows when the client goes away. */
async function graphql(
  runtime: Runtime,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  try {
    return await answer(runtime, request, reply, gone.signal);
  } catch (error) {
    if (!gone.signal.aborted) throw error;
    // Nobody is there to answer, and nothing went wrong here.
    log.debug({ requestId: request.id }, 'the client went away');
    return reply.hijack();
  }
}

async function answer(
  runtime: Runtime,
  request: FastifyRequest,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<FastifyReply> {
  const { body } = request;
  const response = await runtime.fetch(
    `${request.protocol}://${request.host || 'localhost'}${request.url}`,
    {
      method: request.method,
      headers: headersOf(request),
      signal,
      ...(typeof body === 'string' && { body }),
    },
    { requestId: request.id, viewer: ANONYMOUS },
  );
  reply.code(response.status);
  response.headers.forEach((value, name) => {
    if (name !== 'content-length') reply.header(name, value);
  });
  return reply.send(await response.text());
}

function headersOf(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
