// Not the whole of graphql: the verbs of the command line carry nothing else of it.
import { GraphQLError } from 'graphql/error/GraphQLError.js';

/** The closed list of technical error codes (`extensions.code`); nothing else ever leaves the hub. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'COST_LIMIT',
  'RATE_LIMITED',
  'TIMEOUT',
  'SOURCE_UNAVAILABLE',
  'CONFLICT',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** True when `code` belongs to the closed list. */
export function isErrorCode(code: unknown): code is ErrorCode {
  return ERROR_CODES.some((known) => known === code);
}

/** An error whose message is written for the user: it may cross every border unmasked. */
export class HubError extends GraphQLError {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message, { extensions: { ...extensions, code } });
    this.code = code;
  }
}

/** The input does not satisfy its contract; `message` says what was expected. */
export const badInput = (message: string, extensions?: Record<string, unknown>) =>
  new HubError('BAD_USER_INPUT', message, extensions);
