import { expect, test } from 'vitest';
import { formatKey, hashSecret, isSecretOf, looksLikeKey, newKeyId, newSecret, parseKey } from './key.ts';

const key = { id: newKeyId(), secret: newSecret() };

test('a new key is read back', () => {
  expect(parseKey(formatKey(key))).toEqual(key);
  expect(looksLikeKey(formatKey(key))).toBe(true);
});

test('ids and secrets are never the same, and secrets hold 256 bits', () => {
  expect(new Set(Array.from({ length: 1000 }, newKeyId)).size).toBe(1000);
  expect(new Set(Array.from({ length: 1000 }, newSecret)).size).toBe(1000);
  expect(Buffer.from(key.secret, 'base64url')).toHaveLength(32);
});

test.each([
  ['nothing', ''],
  ['another prefix', formatKey(key).replace('hub_', 'hub-')],
  ['a short secret', formatKey(key).slice(0, -1)],
  ['a long secret', `${formatKey(key)}A`],
  ['no id', `hub__${key.secret}`],
  ['a short id', `hub_abc_${key.secret}`],
  ['capitals in the id', `hub_${key.id.toUpperCase()}_${key.secret}`],
  ['something before', `x${formatKey(key)}`],
  ['a line after', `${formatKey(key)}\n`],
  ['a NUL', `hub_${key.id}_${'\0'.repeat(43)}`],
  ['a megabyte', `hub_${key.id}_${'A'.repeat(1_000_000)}`],
])('%s is no key', (_case, text) => {
  expect(parseKey(text)).toBeNull();
});

test('only the secret itself is the secret', () => {
  const kept = hashSecret(key.secret);
  expect(isSecretOf(key.secret, kept)).toBe(true);
  expect(isSecretOf(newSecret(), kept)).toBe(false);
  expect(isSecretOf(key.secret, undefined)).toBe(false);
  // The hash itself, as whoever reads the table has it, opens nothing.
  expect(isSecretOf(kept.toString('base64url'), kept)).toBe(false);
});

test('what stands for an unknown key is the hash of no secret', () => {
  expect(isSecretOf('', undefined)).toBe(false);
  expect(isSecretOf('\0'.repeat(32), undefined)).toBe(false);
});
