import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { HubError } from '../errors.ts';
import type { Viewer } from '../viewer.ts';
import { limited } from './limited.ts';
import { queryOf } from './paths.ts';
import type { RawAnswer, RawRequest } from './route.ts';
import { tooLarge, unsupported } from './status.ts';

/** What the host of an exchange knows of it. */
export interface Exchange {
  viewer: Viewer;
  requestId: string;
  params: Readonly<Record<string, string>>;
  bodyLimit: number;
  /** How long it may take from now, in milliseconds. */
  budget: number;
}

/** Thrown when the client is gone: nobody is there to answer. */
export class ClientLeft extends Error {}

/** Bodies of the routes of a scope stay streams, whatever they are said to be. */
export function streamBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** Forms of pages: no address takes them, so that no page of another site can send one in a visitor's name. */
const FORMS = /^(multipart\/.*|application\/x-www-form-urlencoded)$/;

/**
 * One exchange beside GraphQL, whoever hosts it: the body as a stream with its limit, a signal that aborts when the
 * client leaves or the time is over, the answer streamed back.
 *
 * @throws HubError what the handler threw, 413 and 415, TIMEOUT; `ClientLeft`
 */
export async function exchange(
  request: FastifyRequest,
  reply: FastifyReply,
  { viewer, requestId, params, bodyLimit, budget }: Exchange,
  handle: (request: RawRequest) => Promise<RawAnswer>,
): Promise<FastifyReply> {
  const headers = {
    contentType: mediaType(request),
    contentLength: lengthOf(request),
    ifNoneMatch: request.headers['if-none-match'] ?? null,
  };
  const gone = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  const late = AbortSignal.timeout(budget);
  try {
    if (FORMS.test(headers.contentType ?? '')) throw unsupported('Send the content itself as the body.');
    if ((headers.contentLength ?? 0) > bodyLimit) throw tooLarge(bodyLimit);
    const body =
      request.body instanceof Readable
        ? limited(request.body, bodyLimit)
        : Readable.from([], { objectMode: false });
    const signal = AbortSignal.any([gone.signal, late]);
    const query = queryOf(request.url);
    const answer = await handle({ viewer, requestId, params, query, headers, body, signal });
    reply.code(answer.status);
    for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
    unread(request, reply);
    return await reply.send(answer.body);
  } catch (error) {
    if (gone.signal.aborted) throw new ClientLeft();
    unread(request, reply);
    if (late.aborted && !(error instanceof HubError)) throw new HubError('TIMEOUT', 'The time is over.');
    throw error;
  }
}

/** What is left of a body that was not read to its end stays unread. */
function unread({ raw }: FastifyRequest, reply: FastifyReply): void {
  if (!raw.complete) reply.header('connection', 'close');
}

function mediaType({ headers }: FastifyRequest): string | null {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  return type.trim().toLowerCase() || null;
}

function lengthOf({ headers }: FastifyRequest): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}
