import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorCode } from '../errors.ts';
import { log } from '../log.ts';
import { Refused } from './refused.ts';

const failure = (code: ErrorCode, message: string) => ({ errors: [{ message, extensions: { code } }] });

/** Status and body of each kind of refusal: always the same bytes. */
const REFUSALS = {
  unauthenticated: [401, failure('UNAUTHENTICATED', 'The request is refused.')],
  late: [504, failure('TIMEOUT', 'The deadline of the request has passed.')],
  busy: [503, failure('SOURCE_UNAVAILABLE', 'There are too many requests.')],
} as const;

const UNREADABLE = failure('BAD_USER_INPUT', 'Unreadable request.');

export const notFound = (_request: FastifyRequest, reply: FastifyReply) =>
  reply.code(404).send(failure('NOT_FOUND', 'No such address.'));

/** What a subgraph answers when a request cannot be run, or fails outside of GraphQL: nothing of the cause. */
export function errorAnswer(subgraph: string) {
  return (error: FastifyError | Refused, _request: FastifyRequest, reply: FastifyReply) => {
    if (error instanceof Refused) {
      const [status, body] = REFUSALS[error.kind];
      // What is left of the request stays unread.
      return reply.code(status).header('connection', 'close').send(body);
    }
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send(UNREADABLE);
    log.error({ err: error, subgraph }, 'a request failed');
    return reply.code(500).send(failure('INTERNAL', 'Internal error.'));
  };
}

/** For an address that is none: fastify's own answer would repeat it. */
export const unreadableAddress = (_error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
  const body = JSON.stringify(UNREADABLE);
  const type = 'application/json; charset=utf-8';
  reply.raw.writeHead(400, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
};

/** For what is no HTTP, or has larger headers than Node reads: there is neither request nor reply. */
export function unreadableHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const body = JSON.stringify(UNREADABLE);
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
