import { badInput, HubError } from '../errors.ts';
import type { RawRequest } from './route.ts';
import { unsupported } from './status.ts';

/**
 * The JSON object in the body of a request, read whole: for small ones.
 *
 * @throws HubError BAD_USER_INPUT when it is none, with 415 when it is not said to be JSON, 413 over the route's limit
 */
export async function jsonBody({ headers, body }: RawRequest): Promise<Record<string, unknown>> {
  if (headers.contentType !== 'application/json') {
    throw unsupported('The body must be JSON: send it as application/json.');
  }
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  const value = parsed(Buffer.concat(chunks));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw badInput('The body must be a JSON object.');
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new HubError('BAD_USER_INPUT', 'The body must be JSON, in UTF-8.');
  }
}
