import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folders that hold the code of the hub. */
export const LAYERS = ['kernel', 'subgraphs', 'gateway', 'cli', 'bench', 'test'] as const;

/** A source file; `path` is relative to the root, with slashes. */
export interface Source {
  path: string;
  text: string;
}

/** Every TypeScript file of the layers. */
export function readSources(): Source[] {
  return LAYERS.filter((layer) => existsSync(join(ROOT, layer))).flatMap((layer) =>
    readdirSync(join(ROOT, layer), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      // The rivals of the benchmark have packages of their own.
      .filter((file) => !file.includes(`${sep}node_modules${sep}`))
      .map((file) => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') })),
  );
}

/** One import, re-export or dynamic import; `target` is a path from the root, or the name of a package. */
export interface Import {
  target: string;
  /** Nothing of it remains at run time. */
  typeOnly: boolean;
  /** `export … from`. */
  reExport: boolean;
}

// The formatter puts every import and export at the beginning of a line, which is checked before the tests.
const STATIC = /^(import|export)\s+(type\s+)?([^'";]*?)\s*from\s+'([^']+)'/gm;
const BARE = /^import\s+'([^']+)'/gm;
const DYNAMIC = /\bimport\(\s*'([^']+)'/g;

/** What a file imports, in whatever way, as far as the specifier is written out. */
export function importsOf({ path, text }: Source): Import[] {
  const target = (specifier: string) =>
    specifier.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), specifier)) : specifier;
  const named = (clause: string) =>
    clause
      .replace(/[{}\s]+/g, ' ')
      .split(',')
      .map((name) => name.trim());
  return [
    ...[...text.matchAll(STATIC)].map(([, verb, type, clause = '', specifier = '']) => ({
      target: target(specifier),
      typeOnly:
        type !== undefined ||
        (clause.startsWith('{') && named(clause).every((name) => name === '' || name.startsWith('type '))),
      reExport: verb === 'export',
    })),
    ...[...text.matchAll(BARE), ...text.matchAll(DYNAMIC)].map(([, specifier = '']) => ({
      target: target(specifier),
      typeOnly: false,
      reExport: false,
    })),
  ];
}
