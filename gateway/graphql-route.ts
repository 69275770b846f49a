import type { FastifyReply, FastifyRequest } from 'fastify';
import { badInput } from '../kernel/errors.ts';
import { log } from '../kernel/log.ts';
import { type Answer, answered, type GraphQLRequest } from './answered.ts';
import { failure } from './answers.ts';
import { payerOf, viewerOf } from './callers.ts';
import { costHeaders, type HubContext } from './context.ts';
import type { Contracts } from './contracts.ts';
import type { DocumentRoutes } from './documents/routes.ts';
import type { KeptAnswer } from './shared/answers.ts';
import { type Recall, spellingOf } from './shared/recall.ts';

/** An answer, and what may be shared of it. */
interface Executed extends Answer {
  shared: HubContext['shared'];
}

export type Execute = (
  request: FastifyRequest,
  reply: FastifyReply,
  asked: GraphQLRequest,
) => Promise<Executed>;

/** How routes execute GraphQL in the name of whoever sent a request; aborted when that client goes away. */
export const executor =
  (contracts: Contracts): Execute =>
  async (request, reply, asked) => {
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
      shared: {},
      known: {},
    };
    try {
      const answer = await answered(contracts.of(viewer), asked, context, gone.signal);
      for (const [name, value] of costHeaders(context.spent)) reply.header(name, value);
      return { ...answer, shared: context.shared };
    } catch (error) {
      if (gone.signal.aborted) throw new ClientGone();
      throw error;
    }
  };

/** Nobody is there to answer. */
export class ClientGone extends Error {}

/** `GET` and `POST /graphql`: the request as it came, the answer as the runtime made it, or as it is kept. */
export const graphqlRoute =
  (execute: Execute, recall: Recall | undefined) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const body = typeof request.body === 'string' ? request.body : undefined;
    try {
      const search = searchOf(request);
      const { accept, 'content-type': type } = request.headers;
      const spelling = recall ? spellingOf(request.method, accept, type, search, body) : '';
      const found = recall?.answer(request, reply, spelling);
      const recalled = found instanceof Promise ? await found : found;
      if (recalled) return await sendKept(request, reply, recalled.answer, recalled.headers);
      const { status, headers, text, shared } = await execute(request, reply, {
        method: request.method === 'GET' ? 'GET' : 'POST',
        search,
        headers: headersOf(request),
        ...(body !== undefined && { body }),
      });
      const kept = recall?.keep(request, spelling, { status, text, shared }, headers);
      if (kept) return await sendKept(request, reply, kept, headers);
      reply.code(status).headers(headers).header('cache-control', NEVER_KEPT);
      if (isJson(headers)) return await reply.send(text);
      // A refusal that the runtime has no words for.
      reply.type('application/json; charset=utf-8');
      return await reply.send(failure('BAD_USER_INPUT', refusal(status), request.id));
    } catch (error) {
      if (!(error instanceof ClientGone)) throw error;
      // Nothing went wrong here.
      log.debug({ requestId: request.id }, 'the client went away');
      return reply.hijack();
    }
  };

/** What one caller sees is not for another, as far as caches know; what may be shared is asked by /q. */
const NEVER_KEPT = 'no-store';

/** Sends what is kept, in the form that the client likes best: the host would compress it again each time. */
async function sendKept(
  { headers: { 'accept-encoding': accepted } }: FastifyRequest,
  reply: FastifyReply,
  { body }: KeptAnswer,
  headers: Readonly<Record<string, string>>,
): Promise<FastifyReply> {
  const encoding = body.encodingFor(accepted);
  const made = body.in(encoding);
  const bytes = Buffer.isBuffer(made) ? made : await made;
  if (encoding !== 'identity') reply.header('content-encoding', encoding).header('vary', 'accept-encoding');
  return reply.code(200).headers(headers).header('cache-control', NEVER_KEPT).send(bytes);
}

/** How `/q` executes a trusted document: as if it had been posted whole. */
export const trustedRun =
  (execute: Execute): DocumentRoutes['run'] =>
  async (request, reply, operation) => {
    try {
      return await execute(request, reply, {
        method: 'POST',
        search: '',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json',
        },
        body: JSON.stringify(operation),
      });
    } catch (error) {
      if (error instanceof ClientGone) return null;
      throw error;
    }
  };

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

const isJson = (headers: Readonly<Record<string, string>>) =>
  /^application\/(?:graphql-response\+)?json\b/.test(headers['content-type'] ?? '');

function refusal(status: number): string {
  if (status === 406)
    return 'Answers are application/json or application/graphql-response+json, in UTF-8: accept one of them.';
  if (status === 415) return 'The body must be JSON: send it as application/json.';
  return 'The request cannot be read.';
}
