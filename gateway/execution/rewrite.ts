import type { FetchNodePathSegment, FetchRewrite } from '@graphql-hive/router-query-planner';
import { isPlace, type Place } from './failure.ts';
import type { TypeTest } from './types.ts';

/**
 * Applies the planner's rewrites in place: keys that it renamed to avoid a conflict get their names back,
 * a `__typename` becomes the one that the next subgraph knows.
 */
export function rewrite(data: unknown, rewrites: readonly FetchRewrite[], satisfies: TypeTest): void {
  for (const each of rewrites) {
    if ('KeyRenamer' in each) {
      const { path, renameKeyTo } = each.KeyRenamer;
      at(data, path, satisfies, (object, key) => {
        if (!(key in object)) return;
        object[renameKeyTo] = object[key];
        delete object[key];
      });
      continue;
    }
    const { path, setValueTo } = 'ValueSetter' in each ? each.ValueSetter : each;
    at(data, path, satisfies, (object, key) => {
      object[key] = setValueTo;
    });
  }
}

function at(
  data: unknown,
  path: readonly FetchNodePathSegment[],
  satisfies: TypeTest,
  change: (object: Place, key: string) => void,
): void {
  if (Array.isArray(data)) {
    for (const item of data) at(item, path, satisfies, change);
    return;
  }
  const [segment, ...rest] = path;
  if (!segment || !isPlace(data)) return;
  if ('TypenameEquals' in segment) {
    const names: readonly string[] = [segment.TypenameEquals].flat();
    const { __typename: typename } = data;
    if (typename === undefined || names.some((name) => satisfies(typename, name)))
      at(data, rest, satisfies, change);
  } else if (rest.length === 0) change(data, segment.Key);
  else at(data[segment.Key], rest, satisfies, change);
}
