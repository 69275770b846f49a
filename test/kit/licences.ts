import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Licences that a public body may take on without a lawyer: permissive ones, public domain, and MPL-2.0, whose
 * copyleft stops at its own files. Anything else (AGPL, Elastic, "see file", nothing said) needs an exception.
 */
export const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

/** Packages whose package.json does not say it, by name and version, with what their files say. */
export const EXCEPTIONS: Record<string, { licence: string; reason: string }> = {};

export interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  peer?: boolean;
  link?: boolean;
}

export interface Installed {
  name: string;
  version: string;
  /** SPDX expression; null when package.json says none. */
  licence: string | null;
}

/** The packages that run in production: those of the lock file that are no development dependency, if installed. */
export function productionPackages(root: string): Installed[] {
  const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
    readFileSync(join(root, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages)
    .filter(([path, locked]) => path !== '' && !locked.dev && existsSync(join(root, path, 'package.json')))
    .map(([path]) => readManifest(join(root, path, 'package.json')));
}

type Manifest = { name: string; version: string; license?: unknown; licenses?: unknown };

function readManifest(file: string): Installed {
  const manifest: Manifest = JSON.parse(readFileSync(file, 'utf8'));
  return { name: manifest.name, version: manifest.version, licence: licenceOf(manifest) };
}

/** The licence in any of the forms that npm has known: a text, an object, a list of objects. */
export function licenceOf({ license, licenses }: Pick<Manifest, 'license' | 'licenses'>): string | null {
  const all = [license, licenses].flat().flatMap((one) => {
    if (typeof one === 'string') return [one];
    return typeof one === 'object' && one !== null && 'type' in one ? [String(one.type)] : [];
  });
  return all.length === 0 ? null : all.join(' OR ');
}

/** Whether an SPDX expression leaves a choice that is allowed: one side of OR, both of AND. */
export function isAllowed(licence: string | null): boolean {
  if (licence === null) return false;
  const expression = licence.replaceAll(/[()]/g, ' ').trim();
  // Both at once need a parser of parentheses; none of our packages does that, and a human then decides.
  if (/\sOR\s/.test(expression) && /\sAND\s/.test(expression)) return false;
  if (/\sOR\s/.test(expression)) return expression.split(/\s+OR\s+/).some(isAllowed);
  if (/\sAND\s/.test(expression)) return expression.split(/\s+AND\s+/).every(isAllowed);
  return ALLOWED.has(expression);
}

/** What is refused, each with its licence. */
export function refused(packages: readonly Installed[]): string[] {
  return packages
    .filter(({ name, version, licence }) => !isAllowed(EXCEPTIONS[`${name}@${version}`]?.licence ?? licence))
    .map(({ name, version, licence }) => `${name}@${version}: ${licence ?? 'no licence said'}`);
}
