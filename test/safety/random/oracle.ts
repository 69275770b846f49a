import { everything, type Got, GRAPHQL_JSON, isKnownCode } from '../kit/http.ts';
import { leakIn } from '../kit/leak.ts';

/** Codes of what is wrong with the hub, not with what was asked. */
const OURS = ['INTERNAL', 'TIMEOUT', 'SOURCE_UNAVAILABLE', 'RATE_LIMITED'];

const STATUSES = [200, 400, 403, 404, 405, 413, 415];

interface Read {
  data?: unknown;
  errors?: unknown;
}

/**
 * What is wrong with an answer to something random; null when it is a GraphQL response that leaks nothing, fails
 * for no reason of ours, and has the status that GraphQL over HTTP gives it.
 *
 * @param secrets what this caller must not be sent
 */
export function faultOf(got: Got, secrets: readonly string[]): string | null {
  const { status, headers, text } = got;
  if (!STATUSES.includes(status)) return `status ${status}`;
  if (!headers.get('x-request-id')) return 'no request id';
  const type = headers.get('content-type') ?? '';
  if (!type.startsWith(GRAPHQL_JSON) && !type.startsWith('application/json')) return `content type ${type}`;
  let answer: Read;
  try {
    answer = JSON.parse(text);
  } catch {
    return 'no JSON';
  }
  const secret = secrets.find((one) => text.includes(one));
  if (secret !== undefined) return `it tells what is not published: ${secret}`;
  return (
    shapeFault(answer) ??
    errorFault(answer.errors) ??
    statusFault(answer, status) ??
    // Sites and networks publish their e-mail addresses and those of their pages.
    leakIn(everything(got), answer.data == null ? [] : ['mail', 'host', 'path'])
  );
}

function shapeFault(answer: Read): string | null {
  if (typeof answer !== 'object' || answer === null) return 'no response';
  const strange = Object.keys(answer).find((key) => key !== 'data' && key !== 'errors');
  if (strange !== undefined) return `a key ${strange}`;
  if (!('data' in answer) && !('errors' in answer)) return 'neither data nor errors';
  return 'errors' in answer && !(Array.isArray(answer.errors) && answer.errors.length > 0)
    ? 'empty errors'
    : null;
}

function errorFault(errors: unknown): string | null {
  if (!Array.isArray(errors)) return null;
  for (const error of errors) {
    const { message, path, locations, extensions, ...others } = error;
    if (typeof message !== 'string' || Object.keys(others).length > 0)
      return `an error ${JSON.stringify(error)}`;
    if (!isKnownCode(extensions?.code)) return `a code ${JSON.stringify(extensions)}`;
    if (OURS.includes(extensions.code)) return `${extensions.code}: ${message}`;
    if (path !== undefined && !Array.isArray(path)) return 'a path that is none';
    if (locations !== undefined && !Array.isArray(locations)) return 'locations that are none';
  }
  return null;
}

function statusFault({ data, errors }: Read, status: number): string | null {
  if (data !== undefined && data !== null) return status === 200 ? null : `data with the status ${status}`;
  if (errors === undefined) return 'null without an error';
  return null;
}
