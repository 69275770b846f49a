import compress from '@fastify/compress';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { HubError } from '../kernel/errors.ts';
import { unreadableHttp } from '../kernel/graphql/neutral-answers.ts';
import { log } from '../kernel/log.ts';
import { READ_WITHIN, readInTime } from '../kernel/raw/patience.ts';
import { statusOf } from '../kernel/raw/status.ts';
import { failure, requestIdOf } from './answers.ts';
import { CONTENT_SECURITY_POLICY } from './explorer/routes.ts';

/** Largest body of a request, in bytes. */
const BODY_LIMIT = 256 * 1024;

export interface HostOptions {
  /** Proxies (addresses, networks) whose X-Forwarded-For is believed; none by default. */
  trustedProxies?: readonly string[] | undefined;
  /** True once the host is told to stop. */
  closing(): boolean;
}

/** The HTTP host of every route of the gateway: a request id, safe headers, JSON errors that say nothing inner. */
export async function openHost({ trustedProxies = [], closing }: HostOptions): Promise<FastifyInstance> {
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    ...READ_WITHIN,
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
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
    clientErrorHandler: unreadableHttp,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
  });
  readInTime(app);
  // Whether the address is served over TLS is for the proxy in front to say.
  const protect = helmet({
    strictTransportSecurity: false,
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    crossOriginResourcePolicy: false,
  });
  app.addHook('onRequest', (request, reply, next) => protect(request.raw, reply.raw, () => next()));
  await app.register(compress, { threshold: 2048 });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onSend', async (_request, reply) => {
    // Else the connection of a request that was in flight stays open, and the host waits for it.
    if (closing()) reply.header('connection', 'close');
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(failure('NOT_FOUND', 'There is nothing at this address.', request.id)),
  );
  app.setErrorHandler((error: FastifyError | HubError, request, reply) => {
    if (error instanceof HubError) {
      if (error.code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
      const { code, message, extensions } = error;
      if (typeof extensions.retryAfterSeconds === 'number')
        reply.header('retry-after', extensions.retryAfterSeconds);
      return reply.code(statusOf(error)).send(failure(code, message, request.id, extensions));
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(failure('BAD_USER_INPUT', refusal(status), request.id));
    log.error({ err: error, requestId: request.id }, 'a request failed');
    return reply.code(status).send(failure('INTERNAL', 'Internal error.', request.id));
  });
  return app;
}

function refusal(status: number): string {
  if (status === 413) return `The body is larger than ${BODY_LIMIT} bytes.`;
  if (status === 415) return 'The body must be JSON: send it as application/json.';
  return 'The request cannot be read.';
}
