import { type ErrorCode, HubError } from '../errors.ts';

/** HTTP status of each code, outside of GraphQL. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  COST_LIMIT: 400,
  RATE_LIMITED: 429,
  CONFLICT: 409,
  TIMEOUT: 504,
  SOURCE_UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** A refusal with a status of its own, where that of its code would say less. */
export class Refusal extends HubError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(code, message, extensions);
    this.status = status;
  }
}

/** The HTTP status of an error. */
export const statusOf = (error: HubError): number =>
  error instanceof Refusal ? error.status : STATUS[error.code];

/** The body is larger than what the address takes. */
export const tooLarge = (limit: number) =>
  new Refusal(413, 'BAD_USER_INPUT', `The body is larger than ${limit} bytes.`);

/** The body is of a kind that the address does not take. */
export const unsupported = (message: string) => new Refusal(415, 'BAD_USER_INPUT', message);

/** Nothing has this address: an id that is none, that is unknown, or that the viewer may not know of. */
export const nothingHere = () => new HubError('NOT_FOUND', 'There is nothing at this address.');
