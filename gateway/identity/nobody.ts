import { HubError } from '../../kernel/errors.ts';
import type { Identity } from './identity.ts';

/** Of a gateway that knows no key and no issuer: whoever shows credentials is refused. */
export const NOBODY: Identity = {
  identify: async (authorization) => {
    if (authorization === undefined) return null;
    throw new HubError('UNAUTHENTICATED', 'The credentials are not valid, or are so no longer.');
  },
  count: async () => null,
  close: async () => undefined,
};
