import { HubError } from '../../kernel/errors.ts';
import type { Viewer } from '../../kernel/viewer.ts';

/** Somebody that the gateway knows. */
export interface Caller {
  viewer: Viewer;
  /** Who is counted by limits: `key:<id>` or `person:<…>`. */
  id: string;
  /** Requests in a UTC day; null for no quota. */
  dailyQuota: number | null;
}

/** Who stands behind credentials. */
export interface Identity {
  /**
   * The caller that an Authorization header proves; null when there is none: anybody.
   * @throws HubError UNAUTHENTICATED, the same whatever does not hold
   */
  identify(authorization: string | undefined): Promise<Caller | null>;
  /**
   * Counts one request of this caller's day.
   * @throws HubError RATE_LIMITED when its quota is used up
   */
  count(caller: Caller): { limit: number | null; remaining: number | null };
  close(): Promise<void>;
}

/** What every credential that does not hold is told. */
export const notKnown = () =>
  new HubError('UNAUTHENTICATED', 'This key or token is not valid: it may be mistyped, expired or revoked.');

/** Of a gateway without keys nor issuer: no credential holds. */
export const NOBODY: Identity = {
  identify: async (authorization) => {
    if (authorization === undefined) return null;
    throw notKnown();
  },
  count: () => ({ limit: null, remaining: null }),
  close: async () => undefined,
};
