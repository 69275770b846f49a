import type { FastifyReply, FastifyRequest } from 'fastify';
import { log } from '../kernel/log.ts';
import { payerOf, viewerOf } from './callers.ts';
import type { HubContext } from './context.ts';
import type { Contracts } from './contracts.ts';
import type { DocumentRoutes } from './documents/routes.ts';

/** A GraphQL request as it is handed to a runtime. */
export interface GraphQLRequest {
  method: 'GET' | 'POST';
  /** Path and query string. */
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export type Execute = (
  request: FastifyRequest,
  reply: FastifyReply,
  asked: GraphQLRequest,
) => Promise<Response>;

/** How routes execute GraphQL in the name of whoever sent a request; aborted when that client goes away. */
export const executor =
  (contracts: Contracts): Execute =>
  async (request, reply, { method, url, headers, body }) => {
    const gone = new AbortController();
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) gone.abort();
    });
    const viewer = viewerOf(request);
    const context: HubContext = {
      requestId: request.id,
      viewer,
      caller: payerOf(request),
      spent: {},
    };
    try {
      const response = await contracts
        .of(viewer)
        .fetch(
          `${request.protocol}://${request.host || 'localhost'}${url}`,
          { method, headers, signal: gone.signal, ...(body !== undefined && { body }) },
          context,
        );
      for (const [name, value] of Object.entries(costHeaders(context.spent))) reply.header(name, value);
      return response;
    } catch (error) {
      if (gone.signal.aborted) throw new ClientGone();
      throw error;
    }
  };

/** Nobody is there to answer. */
export class ClientGone extends Error {}

/** `GET` and `POST /graphql`: the request as it came, the answer as the runtime made it. */
export const graphqlRoute =
  (execute: Execute) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { body } = request;
    try {
      const response = await execute(request, reply, {
        method: request.method === 'GET' ? 'GET' : 'POST',
        url: request.url,
        headers: headersOf(request),
        ...(typeof body === 'string' && { body }),
      });
      reply.code(response.status);
      response.headers.forEach((value, name) => {
        if (name !== 'content-length') reply.header(name, value);
      });
      // What one caller sees is not for another; what may be shared is asked by /q.
      reply.header('cache-control', 'no-store');
      return await reply.send(await response.text());
    } catch (error) {
      if (!(error instanceof ClientGone)) throw error;
      // Nothing went wrong here.
      log.debug({ requestId: request.id }, 'the client went away');
      return reply.hijack();
    }
  };

/** How `/q` executes a trusted document: as if it had been posted whole. */
export const trustedRun =
  (execute: Execute): DocumentRoutes['run'] =>
  async (request, reply, operation) => {
    try {
      const response = await execute(request, reply, {
        method: 'POST',
        url: '/graphql',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
        },
        body: JSON.stringify(operation),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      if (error instanceof ClientGone) return null;
      throw error;
    }
  };

function costHeaders({ estimate, limit, remaining }: HubContext['spent']): Record<string, string> {
  if (estimate === undefined || limit === undefined) return {};
  return {
    'x-cost-estimate': String(estimate),
    'x-cost-limit': String(limit),
    ...(typeof remaining === 'number' && { 'x-cost-remaining': String(remaining) }),
  };
}

/** The headers of a request as one text each. */
export function headersOf(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
