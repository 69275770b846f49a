import type { FastifyReply, FastifyRequest } from 'fastify';
import { badInput } from '../kernel/errors.ts';
import { log } from '../kernel/log.ts';
import { failure } from './answers.ts';
import { payerOf, viewerOf } from './callers.ts';
import type { HubContext } from './context.ts';
import type { Contracts } from './contracts.ts';
import type { DocumentRoutes } from './documents/routes.ts';

/** A GraphQL request as it is handed to a runtime. */
export interface GraphQLRequest {
  method: 'GET' | 'POST';
  /** Query string with its `?`; empty without one. */
  search: string;
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
  async (request, reply, { method, search, headers, body }) => {
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
      const response = await contracts.of(viewer).fetch(
        // Never what the client calls the hub, or how it spells the path: not every Host makes an address.
        `http://hub/graphql${search}`,
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
      const search = searchOf(request);
      const response = await execute(request, reply, {
        method: request.method === 'GET' ? 'GET' : 'POST',
        search,
        headers: headersOf(request),
        ...(typeof body === 'string' && { body }),
      });
      reply.code(response.status);
      response.headers.forEach((value, name) => {
        if (name !== 'content-length') reply.header(name, value);
      });
      // What one caller sees is not for another; what may be shared is asked by /q.
      reply.header('cache-control', 'no-store');
      const text = await response.text();
      if (isJson(response)) return await reply.send(text);
      // A refusal that the runtime has no words for.
      reply.type('application/json; charset=utf-8');
      return await reply.send(failure('BAD_USER_INPUT', refusal(response.status), request.id));
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
        search: '',
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

/** The parameters of a GET that hold JSON. */
const IN_JSON = ['variables', 'extensions'];

/** The query string of a request. @throws HubError BAD_USER_INPUT for a GET whose parameters cannot be read */
function searchOf({ method, url }: FastifyRequest): string {
  const start = url.indexOf('?');
  const search = start < 0 ? '' : url.slice(start);
  if (method !== 'GET') return search;
  const parameters = new URLSearchParams(search);
  for (const name of IN_JSON) {
    try {
      JSON.parse(parameters.get(name) || '{}');
    } catch {
      throw badInput(`"${name}" is a JSON object, percent-encoded.`);
    }
  }
  return search;
}

/** Forms that the runtime would wrap an answer in: answers of the hub are whole, and JSON. */
const NEVER = new Set(['text/event-stream', 'multipart/mixed']);

/** The headers of a request as one text each; of what it accepts, only what there is. */
export function headersOf(request: FastifyRequest): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  if (headers.accept === undefined) return headers;
  const ranges = headers.accept.split(',');
  const others = ranges.filter((range) => !NEVER.has(range.split(';')[0]?.trim().toLowerCase() ?? ''));
  // None left is not the same as none given, which accepts everything.
  return { ...headers, accept: others.join(',') || 'none/none' };
}

const isJson = ({ headers }: Response) =>
  /^application\/(?:graphql-response\+)?json\b/.test(headers.get('content-type') ?? '');

function refusal(status: number): string {
  if (status === 406)
    return 'Answers are application/json or application/graphql-response+json, in UTF-8: accept one of them.';
  if (status === 415) return 'The body must be JSON: send it as application/json.';
  return 'The request cannot be read.';
}
