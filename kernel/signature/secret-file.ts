import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { SECRET_LENGTH } from './limits.ts';

/** What to do without it. */
const INSTEAD = 'Set HUB_GATEWAY_SECRETS instead.';

/**
 * The secret that a file holds, made if there is none: 256 random bits, readable by the user of the hub only.
 * Processes that start together get the same one: the file appears whole, or another's is there already.
 *
 * @throws Error when it can neither be read nor made, holds no secret, or may be read by other users.
 */
export function secretFile(path: string): string {
  try {
    return read(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw unusable(path, error);
  }
  try {
    make(path);
    return read(path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function read(path: string): string {
  const file = openSync(path, 'r');
  try {
    // Windows has no such bits: there the folder is to be protected.
    if (process.platform !== 'win32' && fstatSync(file).mode & 0o077)
      throw new Error(`other users may read it: chmod 600 ${path}`);
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length < SECRET_LENGTH) throw new Error('it holds no secret: delete it');
    return secret;
  } finally {
    closeSync(file);
  }
}

/** Makes the file whole under another name first: nobody ever reads half a secret, whenever a process is killed. */
function make(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function unusable(path: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error);
  return new Error(
    `There is no secret between gateway and subgraphs. ${path} is of no use: ${why}. ${INSTEAD}`,
    {
      cause: error,
    },
  );
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
