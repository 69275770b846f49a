import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyPluginAsync } from 'fastify';
import { asset } from './assets.ts';
import { readTabs } from './tabs.ts';

/** What the pages may load: nothing from elsewhere. GraphiQL's editor makes its styles in the page. */
export const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'worker-src': ["'self'", 'blob:'],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
};

const OPERATIONS = fileURLToPath(new URL('../../schema/operations', import.meta.url));

/** The explorer: the page at `/`, its files under `/explorer/`, the operations of `folder` in its tabs. */
export const explorer: FastifyPluginAsync<{ folder: string | undefined }> = async (app, { folder }) => {
  const page = await readFile(new URL('page.html', import.meta.url), 'utf8');
  const tabs = await readTabs(folder ?? OPERATIONS);
  app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
  app.get('/explorer/tabs.json', () => tabs);
  app.get<{ Params: { name: string } }>('/explorer/:name', async (request, reply) => {
    const found = await asset(request.params.name);
    if (!found) return reply.callNotFound();
    reply.type(found.type).header('cache-control', 'public, max-age=3600').header('vary', 'accept-encoding');
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return reply.send(found.plain);
    return reply.header('content-encoding', 'gzip').send(found.gzipped);
  });
};
