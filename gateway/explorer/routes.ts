import type { FastifyPluginAsync } from 'fastify';

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

export const explorer: FastifyPluginAsync<{ folder: string | undefined }> = async () => {};
