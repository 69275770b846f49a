import type { FlattenNodePathSegment } from '@graphql-hive/router-query-planner';
import { isPlace, type Place } from './failure.ts';
import type { TypeTest } from './types.ts';

/** Visits the objects that a plan's path leads to, through lists and type conditions; marks lead nowhere. */
export function locate(
  data: unknown,
  path: readonly FlattenNodePathSegment[],
  satisfies: TypeTest,
  visit: (entity: Place) => void,
  depth = 0,
): void {
  if (Array.isArray(data)) {
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (const item of data) locate(item, path, satisfies, visit, next);
    return;
  }
  if (!isPlace(data)) return;
  const segment = path[depth];
  if (segment === undefined) visit(data);
  else if (segment === '@') return;
  else if ('Field' in segment) locate(data[segment.Field], path, satisfies, visit, depth + 1);
  else {
    const { __typename: typename } = data;
    // An object of a concrete type may come without its name: the planner knew it.
    const fits =
      typeof typename !== 'string' || segment.TypeCondition.some((name) => satisfies(typename, name));
    if (fits) locate(data, path, satisfies, visit, depth + 1);
  }
}
