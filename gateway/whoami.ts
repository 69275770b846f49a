import type { FastifyReply, FastifyRequest } from 'fastify';
import { callerOf, viewerOf } from './callers.ts';

/** `GET /whoami`: what the hub makes of a caller's credentials, so that one can check a key or ask for a role. */
export async function whoami(request: FastifyRequest, reply: FastifyReply): Promise<Record<string, unknown>> {
  reply.header('cache-control', 'no-store');
  const { role, subject, network, structure } = viewerOf(request);
  return { role, subject, network, structure, dailyQuota: callerOf(request)?.dailyQuota ?? null };
}
