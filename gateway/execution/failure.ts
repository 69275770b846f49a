import type { ErrorCode } from '../../kernel/errors.ts';

/** Why a part of the answer is missing, ready to be told to the client: nothing internal is in it. */
export interface Cause {
  readonly code: ErrorCode;
  readonly message: string;
  /** The subgraph at fault, when a subgraph is at fault. */
  readonly source?: string;
  /** What else may be told: scalars that a resolver put beside a code of the closed list. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Stands in the merged data at the place of a value that failed. Errors travel as values, so that their exact
 * path is known when the answer is completed, wherever and however often the entity was merged.
 */
export class Failure {
  readonly cause: Cause;
  /** Path below this place at which the subgraph reported the error: a null that had already propagated. */
  readonly below: readonly (string | number)[];

  constructor(cause: Cause, below: readonly (string | number)[] = []) {
    this.cause = cause;
    this.below = below;
  }
}

/** Stands at the place of each field of an entity whose owner answered null, without an error: it is unknown. */
export const UNKNOWN = Symbol('unknown entity');

/** The subgraph is down, too slow or does not answer GraphQL. */
export function unavailable(source: string): Cause {
  return { code: 'SOURCE_UNAVAILABLE', message: `The source "${source}" is unavailable.`, source };
}

/** Anything that is not for the client to know. */
export const INTERNAL: Cause = { code: 'INTERNAL', message: 'Internal error.' };

export type Place = Record<string, unknown>;

/** True for an object of the data, as opposed to a list, a scalar or a mark. */
export function isPlace(value: unknown): value is Place {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Failure);
}

/** What stands in place of a value. */
export type Mark = Failure | typeof UNKNOWN;

export function isMark(value: unknown): value is Mark {
  return value === UNKNOWN || value instanceof Failure;
}
