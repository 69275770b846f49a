import type { FastifyInstance } from 'fastify';

/** Request headers that a page of another site may set. */
const HEADERS = 'accept, authorization, content-type, x-request-id';

/** Response headers that such a page may read. */
const EXPOSED = [
  'x-request-id',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'x-cost-estimate',
  'x-cost-limit',
  'x-cost-remaining',
  'x-quota-limit',
  'x-quota-remaining',
].join(', ');

/**
 * Public data may be read from the pages of any site, without cookies: the same answer for all origins, refusals
 * included, so that a shared cache may keep it.
 */
export function allowAnyOrigin(app: FastifyInstance, path: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.split('?')[0] !== path) return;
    reply.header('access-control-allow-origin', '*').header('access-control-expose-headers', EXPOSED);
  });
  app.options(path, (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', HEADERS)
      .header('access-control-max-age', '86400')
      .send(),
  );
}
