import { causeOf, pathOf, type ReportedError } from './cause.ts';
import {
  type Cause,
  Failure,
  isMark,
  isPlace,
  type Mark,
  type Place,
  UNKNOWN,
  unavailable,
} from './failure.ts';
import { locate } from './locate.ts';
import { copy, mark, merge, place } from './merge.ts';
import { type Batch, renames } from './plan.ts';
import { represent } from './represent.ts';
import { rewrite } from './rewrite.ts';
import type { TypeTest } from './types.ts';

/** The representations sent under one variable of a step, without doubles. */
export interface Representations {
  list: Place[];
  indexes: Map<string, number>;
}

/** The objects of the merged data that await the entity at the same index of the representations. */
export type Waiting = Map<number, Place[]>;

/** Finds the entities of a batch in the merged data and adds what represents them to `representations`. */
export function gather(
  batch: Batch,
  data: Place,
  representations: Representations,
  satisfies: TypeTest,
): Waiting {
  const waiting: Waiting = new Map();
  const seen = new Set<Place>();
  const visit = (entity: Place) => {
    if (seen.has(entity)) return;
    seen.add(entity);
    if (typeof entity.__typename !== 'string') return;
    const representation = represent(batch.requires, entity, satisfies);
    if (representation === null) return;
    if (isMark(representation)) {
      markOutputs(batch, entity, representation, satisfies);
      return;
    }
    rewrite(representation, batch.inputRewrites, satisfies);
    const key = JSON.stringify(representation);
    let index = representations.indexes.get(key);
    if (index === undefined) {
      index = representations.list.push(representation) - 1;
      representations.indexes.set(key, index);
    }
    const others = waiting.get(index);
    if (others) others.push(entity);
    else waiting.set(index, [entity]);
  };
  for (const path of batch.paths) locate(data, path, satisfies, visit);
  return waiting;
}

/** Why every entity of a batch fails: none of its errors says which one. */
interface Errors {
  general: Cause | undefined;
  byIndex: Map<number, { cause: Cause; path: (string | number)[] }[]>;
}

/**
 * Merges what a subgraph answered to a batch into the objects that wait for it; what it failed to answer is
 * marked there, at the exact place.
 */
export function settle(
  batch: Batch,
  waiting: Waiting,
  answer: unknown,
  errors: readonly ReportedError[],
  source: string,
  satisfies: TypeTest,
): void {
  const { general, byIndex } = sort(errors, batch, source);
  const entities = Array.isArray(answer) ? answer : [];
  rewriteEntities(batch, entities, satisfies);
  for (const [index, targets] of waiting) {
    const entity: unknown = entities[index];
    const own = byIndex.get(index) ?? [];
    if (isPlace(entity)) {
      for (const { cause, path } of own) place(entity, path, cause);
      targets.forEach((target, position) => {
        const value = position === targets.length - 1 ? entity : copy(entity);
        if (isPlace(value)) merge(target, value);
        markOutputs(batch, target, new Failure(general ?? unavailable(source)), satisfies);
      });
      continue;
    }
    const [first] = own;
    const cause = first?.cause ?? general ?? (entity === null ? undefined : unavailable(source));
    for (const target of targets) {
      // The error's own field first: the others of this entity are missing for the same reason.
      if (first && typeof first.path[0] === 'string')
        mark(target, [first.path[0]], new Failure(first.cause, first.path.slice(1)));
      markOutputs(batch, target, cause ? new Failure(cause) : UNKNOWN, satisfies);
    }
  }
}

function markOutputs(batch: Batch, target: Place, value: Mark, satisfies: TypeTest): void {
  for (const { conditions, keys } of batch.outputs)
    if (conditions.every((condition) => satisfies(target.__typename, condition))) mark(target, keys, value);
}

function sort(errors: readonly ReportedError[], batch: Batch, source: string): Errors {
  const sorted: Errors = { general: undefined, byIndex: new Map() };
  const names = renames(batch.outputRewrites);
  for (const error of errors) {
    const [alias, index, ...path] = pathOf(error);
    if (alias !== undefined && alias !== batch.alias) continue;
    const cause = causeOf(error, source);
    if (typeof index !== 'number') {
      sorted.general ??= cause;
      continue;
    }
    const named = path.map((segment) =>
      typeof segment === 'string' ? (names.get(segment) ?? segment) : segment,
    );
    const known = sorted.byIndex.get(index);
    if (known) known.push({ cause, path: named });
    else sorted.byIndex.set(index, [{ cause, path: named }]);
  }
  return sorted;
}

function rewriteEntities(batch: Batch, entities: unknown[], satisfies: TypeTest): void {
  for (const each of batch.outputRewrites) {
    const path =
      'KeyRenamer' in each ? each.KeyRenamer.path : 'ValueSetter' in each ? each.ValueSetter.path : each.path;
    const [first] = path;
    // The planner may start its path at the root of the answer or at the entities themselves.
    const root =
      first && 'Key' in first && first.Key === batch.alias ? { [batch.alias]: entities } : entities;
    rewrite(root, [each], satisfies);
  }
}
