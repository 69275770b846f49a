import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A key of 256 bits under the name that is stored beside what it encrypts. A KeyObject never prints its bytes. */
export interface SecretKey {
  readonly id: string;
  readonly key: KeyObject;
}

const BYTES = 32;
const FORM = /^([a-z0-9][a-z0-9-]{0,31}):([A-Za-z0-9+/]{43}=)$/;

/**
 * Reads `id:base64,older:base64`, separated by commas or new lines: the first key encrypts, all of them decrypt.
 *
 * @throws Error that says which entry is wrong by its place; no part of the text is repeated.
 */
export function parseSecretKeys(text: string): SecretKey[] {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  if (entries.length === 0) throw new Error('Expected at least one key.');
  const keys: SecretKey[] = [];
  for (const [index, entry] of entries.entries()) {
    const [, id, base64] = FORM.exec(entry) ?? [];
    const bytes = Buffer.from(base64 ?? '', 'base64');
    if (id === undefined || bytes.length !== BYTES) {
      throw new Error(`Entry ${index + 1} is not <id>:<${BYTES} bytes in base64>, id in a-z, 0-9 and "-".`);
    }
    if (bytes.every((byte) => byte === bytes[0])) throw new Error(`Entry ${index + 1} is no random key.`);
    const key = createSecretKey(bytes);
    if (keys.some((other) => other.id === id || other.key.equals(key))) {
      throw new Error(`Entry ${index + 1} repeats the id or the bytes of another.`);
    }
    keys.push({ id, key });
  }
  return keys;
}

/** A new random key, as a setting spells it. The id begins with the day it was made: `2026-11-22-3f9a`. */
export const newSecretKey = (now: Date): string =>
  `${now.toISOString().slice(0, 10)}-${randomBytes(2).toString('hex')}:${randomBytes(BYTES).toString('base64')}`;

/** A setting that holds keys. */
export const secretKeys = z.string().transform((text, context) => {
  try {
    return parseSecretKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'Wrong keys.' });
    return z.NEVER;
  }
});

/** A setting that holds the path of a file of keys, as orchestrators mount secrets. */
export const secretKeysFile = z
  .string()
  .transform((path, context) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      context.addIssue({ code: 'custom', message: 'The file cannot be read.' });
      return z.NEVER;
    }
  })
  .pipe(secretKeys);
