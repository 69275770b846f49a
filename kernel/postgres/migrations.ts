import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Migration } from 'kysely/migration';

/** `0001-what-it-does.ts`: four digits order the migrations, the rest says what they are for. */
const NAME = /^\d{4}-[a-z0-9-]+\.ts$/;

const isMigration = (module: object): module is Migration =>
  'up' in module && typeof module.up === 'function' && 'down' in module && typeof module.down === 'function';

/**
 * The migrations of a folder by name; an absent folder holds none. Node strips the types, nothing is built.
 *
 * @throws Error when a TypeScript file is misnamed or does not export both `up` and `down`.
 */
export async function migrationsIn(folder: string): Promise<Record<string, Migration>> {
  if (!existsSync(folder)) return {};
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const migrations: Record<string, Migration> = {};
  for (const file of files.sort()) {
    if (!NAME.test(file)) throw new Error(`${join(folder, file)}: a migration is named 0001-like-this.ts`);
    const module: object = await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href);
    if (!isMigration(module)) throw new Error(`${join(folder, file)}: a migration exports up() and down()`);
    migrations[file.slice(0, -'.ts'.length)] = module;
  }
  return migrations;
}
