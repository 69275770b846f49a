import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '../kernel/errors.ts';

/** An answer of the host itself, in the shape that GraphQL clients know. */
export function failure(
  code: ErrorCode,
  message: string,
  requestId: string,
  details: Readonly<Record<string, unknown>> = {},
) {
  return { errors: [{ message, extensions: { ...details, code, requestId } }] };
}

const SANE = /^[A-Za-z0-9._:-]{8,64}$/;

/** The caller's request id when it may go to a log as it is, else a new one. */
export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === 'string' && SANE.test(header) ? header : randomUUID();
}
