import type { RequiresSelection } from '@graphql-hive/router-query-planner';
import { isMark, isPlace, type Mark, type Place } from './failure.ts';
import type { TypeTest } from './types.ts';

/**
 * What another subgraph needs to know an entity (its key and the fields it requires), taken from what is
 * already merged. Null when nothing is known of it; a mark when a part of it failed or is unknown, which is
 * then why the other subgraph's fields are missing too.
 */
export function represent(
  requires: readonly RequiresSelection[],
  entity: Place,
  satisfies: TypeTest,
): Place | Mark | null {
  const blocked: { mark?: Mark } = {};
  const projected = project(requires, entity, satisfies, blocked);
  if (blocked.mark) return blocked.mark;
  if (!isPlace(projected)) return null;
  projected.__typename ??= entity.__typename;
  return projected;
}

function project(
  requires: readonly RequiresSelection[],
  value: unknown,
  satisfies: TypeTest,
  blocked: { mark?: Mark },
): unknown {
  if (Array.isArray(value)) return value.map((item) => project(requires, item, satisfies, blocked));
  if (isMark(value)) {
    blocked.mark ??= value;
    return null;
  }
  if (!isPlace(value)) return value ?? null;
  const result: Place = {};
  for (const selection of requires) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const original = value[selection.name] === undefined ? value[key] : value[selection.name];
      const known = selection.selections
        ? project(selection.selections, original, satisfies, blocked)
        : scalar(original, blocked);
      if (known !== null && known !== undefined) result[key] = known;
    } else if (selection.kind === 'InlineFragment') {
      if (!satisfies(value.__typename, selection.typeCondition)) continue;
      const known = project(selection.selections, value, satisfies, blocked);
      if (isPlace(known)) Object.assign(result, known);
    }
  }
  const keys = Object.keys(result);
  return keys.length === 0 || (keys.length === 1 && keys[0] === '__typename') ? null : result;
}

function scalar(value: unknown, blocked: { mark?: Mark }): unknown {
  if (!isMark(value)) return value;
  blocked.mark ??= value;
  return null;
}
