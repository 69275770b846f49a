import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, processIdentity } from './processes.ts';

/** Notes that this process uses the server; the returned file is removed when it no longer does. */
export function register(folder: string): string {
  const file = join(folder, randomUUID());
  writeFileSync(file, processIdentity(process.pid));
  return file;
}

/** True when a living process still uses the server; what killed ones left is cleared away. */
export function hasUsers(folder: string): boolean {
  let living = false;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    try {
      if (isAlive(readFileSync(file, 'utf8'))) living = true;
      else rmSync(file, { force: true });
    } catch {
      // Removed by its own process meanwhile.
    }
  }
  return living;
}
