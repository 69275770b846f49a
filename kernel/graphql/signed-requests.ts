import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Nonces } from '../signature/nonces.ts';
import { Refusals } from '../signature/refusals.ts';
import { isBodyOf, type Refusal, type SignedRequest, verify } from '../signature/verify.ts';
import { Refused } from './refused.ts';

/** Addresses that answer anybody. */
const OPEN: ReadonlySet<string | undefined> = new Set(['/healthcheck', '/readiness']);

export interface SignedRequests {
  /** What the gateway said of a request; throws `Refused` when its body was not verified. */
  of(request: FastifyRequest): SignedRequest;
  /** Runs the work of a request, until its deadline at most: then `Refused`, whatever the work does. */
  inTime<T>(request: FastifyRequest, work: () => Promise<T>): Promise<T>;
}

/**
 * Lets through only what a gateway that knows one of the secrets has signed for this subgraph, each request once:
 * headers are verified before the body is read, the bytes of the body before they are parsed. Call it before
 * routes are added. The health addresses stay open.
 *
 * @param targetOf what a request beside GraphQL is for, by its route; undefined for one of GraphQL. Their bodies are
 *   streams, which the signature does not cover (see `rawUse`): they count as verified with their headers.
 */
export function requireSignatures(
  app: FastifyInstance,
  {
    name,
    secrets,
    targetOf = () => undefined,
  }: {
    name: string;
    secrets: readonly string[];
    targetOf?: (request: FastifyRequest) => string | undefined;
  },
): SignedRequests {
  if (secrets.length === 0) throw new Error('A subgraph over HTTP needs the secret of its gateway.');
  const nonces = new Nonces();
  const refusals = new Refusals(name);
  const announced = new WeakMap<FastifyRequest, SignedRequest>();
  const verified = new WeakMap<FastifyRequest, SignedRequest>();
  const refuse = (refusal: Refusal) => {
    refusals.add(refusal, Date.now());
    return new Refused(refusal);
  };
  /** Lets a verified request in, each once; else says why not. */
  const accept = (request: FastifyRequest, signed: SignedRequest): Refused | null => {
    const seen = nonces.add(signed, Date.now());
    if (seen !== 'new') return refuse(seen === 'seen' ? 'replayed' : 'memory');
    verified.set(request, signed);
    return null;
  };

  app.addHook('onRequest', async (request) => {
    if (OPEN.has(request.routeOptions.url)) return;
    const target = targetOf(request);
    const verdict = verify({ secrets, audience: name, headers: request.headers, now: Date.now(), target });
    if ('refusal' in verdict) throw refuse(verdict.refusal);
    announced.set(request, verdict.signed);
    const refused = target === undefined ? null : accept(request, verdict.signed);
    if (refused) throw refused;
  });

  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    const signed = announced.get(request);
    if (!signed || !isBodyOf(signed, body)) return done(refuse(signed ? 'body' : 'unsigned'));
    // Only now: a request with another body must not use up the nonce of the right one.
    const refused = accept(request, signed);
    return refused ? done(refused) : parse(request, body.toString('utf8'), done);
  });

  const of = (request: FastifyRequest) => {
    const signed = verified.get(request);
    // A request without a body never came to the parser.
    if (!signed) throw refuse('body');
    return signed;
  };
  return {
    of,
    inTime: async (request, work) => {
      const left = of(request).deadline - Date.now();
      if (left <= 0) throw refuse('late');
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(refuse('late')), left);
      });
      try {
        return await Promise.race([work(), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
