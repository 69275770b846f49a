import { Failure, isMark, isPlace, type Place } from './failure.ts';

/**
 * Adds what a subgraph answered to what is known of the same object. Values win over nulls, nulls over marks:
 * a second source that failed never takes away what the first one gave.
 */
export function merge(target: Place, addition: Place): void {
  if (target === addition) return;
  for (const key of Object.keys(addition)) {
    // The client chooses the keys: none of them may reach what every object inherits.
    if (key === '__proto__') continue;
    const value = addition[key];
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (value === undefined) continue;
    if (known === undefined) target[key] = value;
    else if (isMark(value)) continue;
    else if (isMark(known)) target[key] = value;
    else if (isPlace(known) && isPlace(value)) merge(known, value);
    else if (Array.isArray(known) && Array.isArray(value)) mergeLists(known, value);
    else if (value !== null) target[key] = value;
  }
}

function mergeLists(target: unknown[], addition: unknown[]): void {
  addition.forEach((value, index) => {
    const known = target[index];
    if (isPlace(known) && isPlace(value)) merge(known, value);
    else if (Array.isArray(known) && Array.isArray(value)) mergeLists(known, value);
    else if (known === undefined || (known === null && value !== undefined)) target[index] = value;
  });
}

/** A copy of which no list or object is shared with the original: an entity answered once, wanted twice. */
export function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlace(value)) return value;
  const result: Place = {};
  for (const key of Object.keys(value)) result[key] = copy(value[key]);
  return result;
}

/** Puts `mark` at each of the keys that have no value yet. */
export function mark(target: Place, keys: Iterable<string>, mark: unknown): void {
  for (const key of keys) if (target[key] === undefined) target[key] = mark;
}

/**
 * Replaces the null that an error left in `data`, somewhere along `path`, by the failure itself.
 * Answers false when the path leads to a value: an error about nothing that is missing.
 */
export function place(
  data: Place | unknown[],
  path: readonly (string | number)[],
  cause: Failure['cause'],
): boolean {
  let current: Place | unknown[] = data;
  for (const [depth, segment] of path.entries()) {
    const next: unknown = Array.isArray(current) ? current[Number(segment)] : current[segment];
    if (isMark(next)) return true;
    if (next === null || next === undefined) {
      const failure = new Failure(cause, path.slice(depth + 1));
      if (Array.isArray(current)) current[Number(segment)] = failure;
      else current[segment] = failure;
      return true;
    }
    if (!isPlace(next) && !Array.isArray(next)) return false;
    current = next;
  }
  return false;
}
