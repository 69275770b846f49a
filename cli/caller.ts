import { relative, resolve } from 'node:path';

/** Folder where the command was typed: npm runs scripts in the folder of the project, and keeps it in INIT_CWD. */
const callerFolder = () => process.env['INIT_CWD'] || process.cwd();

/** The path that the caller means. */
export const fromCaller = (path: string): string => resolve(callerFolder(), path);

/** A path as the caller would write it: short where it is in the caller's folder. */
export function forCaller(path: string): string {
  const short = relative(callerFolder(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
