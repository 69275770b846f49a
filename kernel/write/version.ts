import { HubError } from '../errors.ts';

/**
 * Optimistic concurrency: a command says which version it read, and stops when another has been written since.
 * Call it where the row cannot move any more: under its lock.
 *
 * @param expected the version in the input, 0 for an object that the caller believes absent
 * @param current the version that is there, 0 for none
 * @throws HubError CONFLICT with the current `version` in its extensions
 */
export function demandVersion(expected: number, current: number): void {
  if (expected === current) return;
  throw new HubError(
    'CONFLICT',
    `This was written with version ${expected} in mind, but it is at version ${current}: read it again first.`,
    { version: current },
  );
}
