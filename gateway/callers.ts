import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HubError } from '../kernel/errors.ts';
import { ANONYMOUS, type Viewer } from '../kernel/viewer.ts';
import { networkOf } from './address.ts';
import type { Caller, Identity } from './identity/identity.ts';
import { storeOf, WINDOW, type Windows } from './windows.ts';

/** Requests a minute; 0 for no limit. */
export interface Rates {
  /** Of one address, whoever sends no valid key or token. */
  address: number;
  /** Of one key or person. */
  caller: number;
}

/** Address that tells callers what the hub makes of them; it is not counted against a quota. */
export const WHOAMI = '/whoami';

const callers = new WeakMap<FastifyRequest, Caller | HubError>();

/** Who sent a request, null for anybody. Only behind `recogniseCallers`. */
export function callerOf(request: FastifyRequest): Caller | null {
  const known = callers.get(request);
  return known === undefined || known instanceof HubError ? null : known;
}

/** Who is counted for an address, whoever it is of. */
export const payerAt = (address: string): string => `address:${networkOf(address)}`;

/** Who is counted by limits: a key, a person, or an address. */
export const payerOf = (request: FastifyRequest): string => callerOf(request)?.id ?? payerAt(request.ip);

export const viewerOf = (request: FastifyRequest): Viewer => callerOf(request)?.viewer ?? ANONYMOUS;

/**
 * Establishes who sends each request to the routes of `scope`, and how many they may send. Credentials that do
 * not hold are counted for their address, like no credentials, and then refused.
 */
export async function recogniseCallers(
  scope: FastifyInstance,
  identity: Identity,
  rates: Rates,
  windows: Windows,
): Promise<void> {
  scope.addHook('onRequest', async (request) => {
    const found = await identity.identify(request.headers.authorization).catch((error: unknown) => {
      if (error instanceof HubError) return error;
      throw error;
    });
    if (found) callers.set(request, found);
  });
  await scope.register(rateLimit, {
    // By a hook of ours: the plugin's own runs after all hooks of the scope, the one that refuses among them.
    global: false,
    enableDraftSpec: true,
    timeWindow: WINDOW,
    store: storeOf(windows),
    max: (request) => limitOf(request, rates),
    keyGenerator: payerOf,
    allowList: (request) => limitOf(request, rates) === Number.POSITIVE_INFINITY,
    errorResponseBuilder: (_request, { max, after }) =>
      new HubError('RATE_LIMITED', `At most ${max} requests a minute: try again in ${after}.`),
  });
  scope.addHook('onRequest', scope.rateLimit());
  scope.addHook('onRequest', async (request, reply) => {
    const known = callers.get(request);
    if (known instanceof HubError) throw known;
    if (!known || request.routeOptions.url === WHOAMI) return;
    const quota = await identity.count(known);
    if (quota) reply.header('x-quota-limit', quota.limit).header('x-quota-remaining', quota.remaining);
  });
}

function limitOf(request: FastifyRequest, { address, caller }: Rates): number {
  const limit = callerOf(request) ? caller : address;
  return limit === 0 ? Number.POSITIVE_INFINITY : limit;
}
