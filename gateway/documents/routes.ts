import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { badInput } from '../../kernel/errors.ts';
import type { Viewer } from '../../kernel/viewer.ts';
import { failure } from '../answers.ts';
import type { HubContext } from '../context.ts';
import type { Lane } from '../shared/lane.ts';
import { type Recall, spellingOf } from '../shared/recall.ts';
import { Body } from './body.ts';
import { NOT_KEPT, sharedFor } from './caching.ts';
import type { DocumentStore, TrustedDocument } from './document.ts';
import { JSON_TYPE, mediaTypeFor } from './negotiate.ts';
import { notFoundAnswer } from './refusals.ts';
import { sendPlain, sendTagged } from './send.ts';
import { stalenessOf } from './staleness.ts';
import { variablesOf } from './variables.ts';

/** A trusted document with the values of its variables. */
export interface TrustedOperation {
  query: string;
  operationName: string;
  variables: Record<string, unknown>;
}

/** An answer of the graph: its status as `application/graphql-response+json` has it, and its JSON text. */
export interface Executed {
  status: number;
  text: string;
  /** What may be shared of it. */
  shared: HubContext['shared'];
}

export interface DocumentRoutes {
  store: DocumentStore;
  /** SDL of the supergraph in service; how stale answers may be is computed again when it is another one. */
  supergraph: () => string;
  viewerOf: (request: FastifyRequest) => Viewer;
  /** Executes in the name of whoever sent the request; null when that client went away. */
  run: (
    request: FastifyRequest,
    reply: FastifyReply,
    operation: TrustedOperation,
  ) => Promise<Executed | null>;
  /** Answers that are kept; none when omitted. */
  recall?: Recall | undefined;
  /** Learns from what is sent. */
  lane?: Lane | undefined;
}

/** Longest address that is read, in characters. */
const LONGEST_URL = 8192;

/** What the answers depend on beside the address. */
const VARY = 'accept, accept-encoding, authorization';

/** Request headers that a page of another site may set. */
const CORS_HEADERS = 'accept, authorization, if-none-match, x-request-id';

/**
 * `GET /q/<sha256>?variables=<JSON>` runs a trusted document, with all that a shared cache needs; `GET /q` lists
 * those that the caller may know of. HEAD answers the same without the body.
 */
export const documents: FastifyPluginAsync<DocumentRoutes> = async (app, options) => {
  const { store, supergraph, viewerOf, run, recall, lane } = options;
  const staleness = perSupergraph(supergraph, store);
  await staleness();
  setHeaders(app);
  // After all that sets headers.
  if (lane) app.addHook('onSend', async (request, reply) => lane.learn(request, reply));

  app.route({
    method: ['GET', 'HEAD'],
    url: '/q',
    compress: false,
    handler: (request, reply) => {
      const viewer = viewerOf(request);
      const body = new Body(JSON.stringify(store.visibleTo(viewer).map(listed)));
      const cacheControl = isAnybody(request, viewer) ? sharedFor(0) : NOT_KEPT;
      return sendTagged(request, reply, { mediaType: JSON_TYPE, body, cacheControl });
    },
  });

  app.route<{ Params: { '*': string } }>({
    method: ['GET', 'HEAD'],
    url: '/q/*',
    compress: false,
    handler: async (request, reply) => {
      const viewer = viewerOf(request);
      const spelling = recall ? spellingOf(request.url) : '';
      const found = recall?.answer(request, reply, spelling);
      const recalled = found instanceof Promise ? await found : found;
      const mediaType = mediaTypeFor(request.headers.accept);
      if (recalled) {
        const { answer, headers } = recalled;
        const cacheControl = isAnybody(request, viewer) ? headers['cache-control'] : undefined;
        return sendTagged(request, reply, {
          mediaType,
          body: answer.body,
          cacheControl: cacheControl ?? NOT_KEPT,
        });
      }
      const document = store.find(request.params['*'], viewer);
      if (!document) return reply.code(404).send(notFoundAnswer(request.id));
      if (document.operation === 'mutation') {
        const message = 'This document is a mutation: send it by POST to /graphql.';
        return reply
          .code(405)
          .header('allow', 'POST')
          .send(failure('BAD_USER_INPUT', message, request.id));
      }
      const variables = variablesOf(request.query, document);
      const operation = { query: document.text, operationName: document.name, variables };
      const executed = await run(request, reply, operation);
      if (!executed) return reply.hijack();
      const shared = sharedFor((await staleness()).get(document.hash) ?? 0);
      const kept = recall?.keep(request, spelling, executed, { 'cache-control': shared });
      const body = kept?.body ?? new Body(executed.text);
      if (!kept && (executed.status !== 200 || holdsErrors(executed.text))) {
        const { status } = executed;
        return sendPlain(request, reply, { status, mediaType, body, cacheControl: NOT_KEPT });
      }
      const cacheControl = isAnybody(request, viewer) ? shared : NOT_KEPT;
      return sendTagged(request, reply, { mediaType, body, cacheControl });
    },
  });
};

/** Headers of every answer, refusals included: nothing is kept unless the answer says so itself. */
function setHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url }) => {
    if (url.length > LONGEST_URL) throw badInput(`The address is longer than ${LONGEST_URL} characters.`);
  });
  // As late as it can be: credentials may be refused before any hook of these routes.
  app.addHook('onSend', async (_request, reply) => {
    reply
      .header('access-control-allow-origin', '*')
      .header('access-control-expose-headers', 'etag, retry-after, x-request-id')
      .header('vary', VARY);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', NOT_KEPT);
  });
  for (const path of ['/q', '/q/*'])
    app.options(path, (_request, reply) =>
      reply
        .code(204)
        .header('access-control-allow-methods', 'GET, HEAD')
        .header('access-control-allow-headers', CORS_HEADERS)
        .header('access-control-max-age', '86400')
        .send(),
    );
}

/** What the supergraph says of the documents, computed once for each supergraph. */
function perSupergraph(supergraph: () => string, store: DocumentStore) {
  let known: { sdl: string; staleness: ReturnType<typeof stalenessOf> } | undefined;
  return (): ReturnType<typeof stalenessOf> => {
    const sdl = supergraph();
    if (known?.sdl !== sdl) known = { sdl, staleness: stalenessOf(sdl, store.all) };
    return known.staleness;
  };
}

const listed = ({ name, hash, variables }: TrustedDocument) => ({ name, hash, variables });

/** Whoever shows credentials gets an answer of its own, even with a role that sees what anybody sees. */
const isAnybody = ({ headers }: FastifyRequest, { role, subject }: Viewer) =>
  headers.authorization === undefined && role === 'PUBLIC' && subject === null;

/** Whether an answer tells of errors. The word may be an alias of the document: then the answer is read. */
function holdsErrors(body: string): boolean {
  if (!body.includes('"errors"')) return false;
  const answer: unknown = JSON.parse(body);
  return typeof answer !== 'object' || answer === null || 'errors' in answer;
}
