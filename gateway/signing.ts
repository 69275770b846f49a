import type http from '@graphql-mesh/transport-http';
import { GraphQLError } from 'graphql';
import { MAX_BUDGET } from '../kernel/signature/limits.ts';
import { sign } from '../kernel/signature/sign.ts';
import { hubContext } from './context.ts';

/** The runtime's: it is also told for which operation the call is. */
type Fetch = NonNullable<Parameters<typeof http.getSubgraphExecutor>[0]['fetch']>;

/** Carries the time that is left for a call, in milliseconds, from the execution to here. */
const TIMEOUT = 'x-timeout-ms';

/**
 * Signs each call to a subgraph, over the bytes that are sent: who asks, for which request of a client, until when.
 * What is left of the time becomes a deadline of the signature. Redirections are refused: the signature is for one
 * address. A 401 can only be about this signature, which is nothing that the client could mend: to it, the source is
 * unavailable.
 */
export function signing(fetch: Fetch, { secret, audience }: { secret: string; audience: string }): Fetch {
  return async (url, init, context: unknown, info) => {
    const { viewer, requestId } = hubContext(context);
    const { body } = init ?? {};
    if (init?.method !== 'POST' || typeof body !== 'string')
      throw new Error('Only POST with text is signed.');
    const { [TIMEOUT]: budget, ...headers } = init.headers ?? {};
    const deadline = Date.now() + Math.min(Number(budget ?? MAX_BUDGET), MAX_BUDGET);
    const signature = sign({ secret, audience, viewer, requestId, deadline, body });
    const response = await fetch(
      url,
      { ...init, redirect: 'error', headers: { ...headers, ...signature } },
      context,
      info,
    );
    if (response.status !== 401) return response;
    // Read to its end, so that the connection is let go.
    await response.text();
    throw new GraphQLError('The subgraph refuses the signature.', {
      extensions: { code: 'SIGNATURE_REFUSED' },
    });
  };
}
