import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never ends where the system says of
 * a folder that exists that it does not, as under /proc.
 *
 * @throws Error of the system where no folder can be made, or where something else has the name
 */
export function makeFolder(folder: string): void {
  const path = resolve(folder);
  try {
    mkdirSync(path);
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
    const parent = dirname(path);
    const parentMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!parentMissing || existsSync(parent)) throw error;
    makeFolder(parent);
    makeFolder(path);
  }
}
