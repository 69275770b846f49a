import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Body } from './body.ts';
import { namesTag } from './caching.ts';

/** Headers that are about one caller: an answer for everybody must not carry them. */
const PERSONAL = /^(?:x-)?ratelimit|^x-(?:quota|cost)-/;

/** A whole answer, before it is compressed. */
export interface Representation {
  status: number;
  mediaType: string;
  body: Body;
  cacheControl: string;
}

/**
 * Sends an answer that holds, with its entity tag, or 304 to who has it already. One for everybody loses the
 * headers that are about whoever asked.
 */
export async function sendTagged(
  request: FastifyRequest,
  reply: FastifyReply,
  { mediaType, body, cacheControl }: Omit<Representation, 'status'>,
): Promise<FastifyReply> {
  const tag = body.tag(mediaType, body.encodingFor(request.headers['accept-encoding']));
  if (cacheControl.startsWith('public')) {
    for (const name of Object.keys(reply.getHeaders())) if (PERSONAL.test(name)) reply.removeHeader(name);
  }
  reply.header('etag', tag);
  if (!namesTag(request.headers['if-none-match'], tag))
    return sendPlain(request, reply, { status: 200, mediaType, body, cacheControl });
  return reply.code(304).header('cache-control', cacheControl).send();
}

/**
 * Sends an answer without a tag. Compressed here and not by the host, whose plugin would leave the tags of
 * `sendTagged` the same for every encoding, and compress what is kept again each time.
 */
export async function sendPlain(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, mediaType, body, cacheControl }: Representation,
): Promise<FastifyReply> {
  const encoding = body.encodingFor(request.headers['accept-encoding']);
  const made = body.in(encoding);
  const bytes = Buffer.isBuffer(made) ? made : await made;
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply
    .code(status)
    .header('cache-control', cacheControl)
    .header('content-type', `${mediaType}; charset=utf-8`)
    .send(bytes);
}
