import { isErrorCode } from '../../kernel/errors.ts';
import { isRecord } from '../../kernel/record.ts';
import { type Cause, INTERNAL, unavailable } from './failure.ts';

/** An error as a subgraph reports it; over HTTP nothing guarantees its shape. */
export interface ReportedError {
  message?: unknown;
  path?: unknown;
  extensions?: unknown;
}

/** Extensions that libraries add and that tell hosts, requests or code. */
const NEVER_TOLD = new Set([
  'code',
  'source',
  'http',
  'request',
  'response',
  'serviceName',
  'stacktrace',
  'exception',
  'originalError',
  'requestId',
]);

/**
 * What a client may know of an error of a subgraph. A code of the closed list was written for the client and
 * keeps its message; an error without a path and without such a code means that the subgraph did not execute
 * the operation; anything else was thrown by a resolver and is masked.
 */
export function causeOf(error: ReportedError, source: string): Cause {
  const extensions = isRecord(error.extensions) ? error.extensions : {};
  const { code } = extensions;
  if (isErrorCode(code) && code !== 'INTERNAL') {
    if (code === 'SOURCE_UNAVAILABLE') return unavailable(source);
    return { code, message: String(error.message), details: detailsOf(extensions) };
  }
  return pathOf(error).length > 0 ? INTERNAL : unavailable(source);
}

/** The path of the error; empty when there is none or when it is not one. */
export function pathOf(error: ReportedError): (string | number)[] {
  if (!Array.isArray(error.path)) return [];
  return error.path.filter((segment) => typeof segment === 'string' || typeof segment === 'number');
}

function detailsOf(extensions: Record<string, unknown>): Record<string, string | number | boolean> {
  const details: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(extensions)) {
    if (NEVER_TOLD.has(name)) continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      details[name] = value;
  }
  return details;
}
