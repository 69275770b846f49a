import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { entityTag, namesTag } from './caching.ts';
import { type Encoding, encodingFor } from './negotiate.ts';

/** Shorter bodies travel as they are, in characters. */
const WORTH_COMPRESSING = 2048;

/** Quality 4: more costs much more time for a few percent. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const COMPRESS: Readonly<Record<Exclude<Encoding, 'identity'>, (body: string) => Promise<Buffer>>> = {
  br: (body) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body) => promisify(gzip)(body),
};

/** Headers that are about one caller: an answer for everybody must not carry them. */
const PERSONAL = /^(?:x-)?ratelimit|^x-(?:quota|cost)-/;

/** A whole answer, before it is compressed. */
export interface Representation {
  status: number;
  mediaType: string;
  body: string;
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
  const tag = entityTag(mediaType, body, encodingOf(request, body));
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
 * `sendTagged` the same for every encoding.
 */
export async function sendPlain(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, mediaType, body, cacheControl }: Representation,
): Promise<FastifyReply> {
  const encoding = encodingOf(request, body);
  const bytes = encoding === 'identity' ? body : await COMPRESS[encoding](body);
  if (encoding !== 'identity') reply.header('content-encoding', encoding);
  return reply
    .code(status)
    .header('cache-control', cacheControl)
    .header('content-type', `${mediaType}; charset=utf-8`)
    .send(bytes);
}

const encodingOf = ({ headers }: FastifyRequest, body: string): Encoding =>
  body.length < WORTH_COMPRESSING ? 'identity' : encodingFor(headers['accept-encoding']);
