import type { FastifyInstance, FastifyRequest } from 'fastify';
import { unreadableHttp } from '../graphql/neutral-answers.ts';
import { RAW_DEADLINE } from './paths.ts';

/** A request whose headers, or whose headers and body, have not come after this many milliseconds is given up. */
const PATIENCE = 15_000;

/**
 * Options of a host for what is slow. Node knows one time for the body of every request: the longest, that of a
 * file. `readInTime` holds the others to less.
 */
export const READ_WITHIN = {
  requestTimeout: RAW_DEADLINE,
  http: { headersTimeout: PATIENCE },
} as const;

/** Requests whose body is streamed to its route, which has a deadline of its own. */
const streamed = new WeakSet<FastifyRequest>();

/** Marks a request as one whose body is streamed; before `readInTime` looks, in its route's own `onRequest`. */
export const takesItsTime = (request: FastifyRequest): void => {
  streamed.add(request);
};

/** Gives up requests whose body does not come: whoever drips bytes does not keep a connection. */
export function readInTime(app: FastifyInstance, patience: number = PATIENCE): void {
  app.addHook('preParsing', async (request) => {
    if (streamed.has(request) || request.raw.complete) return;
    const { raw } = request;
    const timer = setTimeout(() => {
      if (!raw.complete) unreadableHttp(new Error('The body does not come.'), raw.socket);
    }, patience);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
    raw.once('end', () => clearTimeout(timer));
  });
}
