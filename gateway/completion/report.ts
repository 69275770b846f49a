import { GraphQLError } from 'graphql';
import { log } from '../../kernel/log.ts';
import { type Cause, INTERNAL } from '../execution/failure.ts';
import type { PlacedError } from './complete.ts';

/** Most places at which the same failure is told; a dead source under a long list would fill the answer. */
const MOST_PLACES = 20;

/** Makes the errors of the answer: closed codes, exact paths, nothing internal; details go to the log. */
export function report(
  errors: readonly PlacedError[],
  loose: readonly Cause[],
  requestId: string,
): GraphQLError[] {
  const told: GraphQLError[] = [];
  const places = new Map<string, number>();
  for (const error of errors) {
    if (error.note)
      log.error({ requestId, path: error.path, note: error.note }, 'an answer broke the schema');
    const fields = error.path.filter((segment) => typeof segment === 'string').join('.');
    const key = `${fields} ${error.cause.code} ${error.cause.source ?? ''} ${error.cause.message}`;
    const count = (places.get(key) ?? 0) + 1;
    places.set(key, count);
    if (count <= MOST_PLACES) told.push(toError(error.cause, requestId, error.path));
  }
  for (const cause of loose) told.push(toError(cause, requestId, undefined));
  return told;
}

function toError(
  cause: Cause,
  requestId: string,
  path: readonly (string | number)[] | undefined,
): GraphQLError {
  const extensions: Record<string, unknown> = { ...cause.details, code: cause.code };
  if (cause.source !== undefined) extensions.source = cause.source;
  if (cause.code === INTERNAL.code) extensions.requestId = requestId;
  return new GraphQLError(cause.message, { path: path ?? null, extensions });
}
