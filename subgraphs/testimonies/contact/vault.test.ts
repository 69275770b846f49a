import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { ZOE } from './fixtures/authors.ts';
import { keysOf } from './fixtures/keys.ts';
import { openVault } from './vault.ts';

const vault = openVault(keysOf('new', 'old'));
const details = { ...ZOE, email: 'zoe@exemple.fr' };
const sealed = vault.seal('TEM-1', details);

test('what is sealed opens for its own testimony, and shows nothing', () => {
  expect(vault.open('TEM-1', sealed)).toEqual(details);
  expect(sealed.keyId).toBe('new');
  expect(inspect(sealed, { depth: 9 })).not.toMatch(/zoe|98 76|62899/i);
  const bytes = Buffer.concat([sealed.nonce, sealed.ciphertext, sealed.emailIndex]).toString('latin1');
  expect(bytes).not.toMatch(/zoe|exemple/i);
});

test('the same details never give the same bytes twice, except the index', () => {
  const again = Array.from({ length: 200 }, () => vault.seal('TEM-1', details));
  expect(new Set(again.map(({ nonce }) => nonce.toString('hex'))).size).toBe(200);
  expect(new Set(again.map(({ ciphertext }) => ciphertext.toString('hex'))).size).toBe(200);
  expect(new Set(again.map(({ emailIndex }) => emailIndex.toString('hex'))).size).toBe(1);
});

test('the length tells nothing of an address of an ordinary length', () => {
  const lengths = ['a@b.fr', 'a.rather.long.address.of.somebody@exemple.gouv.fr'].map(
    (email) => vault.seal('TEM-1', { ...details, email }).ciphertext.length,
  );
  expect(lengths).toEqual([128 + 16, 128 + 16]);
});

test('one bit changed anywhere is refused', () => {
  for (const part of ['nonce', 'ciphertext'] as const) {
    for (let at = 0; at < sealed[part].length; at += 1) {
      const changed = Buffer.from(sealed[part]);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(() => vault.open('TEM-1', { ...sealed, [part]: changed }), `${part} ${at}`).toThrow(
        /^The contact of TEM-1 does not open with the key "new": it is not what was sealed\.$/,
      );
    }
  }
});

test.each([
  ['another testimony', 'TEM-2', {}],
  ['another key that is configured', 'TEM-1', { keyId: 'old' }],
  ['a tag that was cut', 'TEM-1', { ciphertext: sealed.ciphertext.subarray(0, -1) }],
  ['nothing but a tag', 'TEM-1', { ciphertext: sealed.ciphertext.subarray(-16) }],
  ['nothing', 'TEM-1', { ciphertext: Buffer.alloc(0) }],
])('%s is refused', (_what, testimony, parts) => {
  expect(() => vault.open(testimony, { ...sealed, ...parts })).toThrow('it is not what was sealed');
});

test('a key that is not configured is named; other bytes under its name open nothing', () => {
  expect(() => openVault(keysOf('old')).open('TEM-1', sealed)).toThrow(
    'The contact of TEM-1 is under the key "new", which is not configured.',
  );
  const [other] = keysOf('old');
  const impostor = openVault(other ? [{ ...other, id: 'new' }] : []);
  expect(() => impostor.open('TEM-1', sealed)).toThrow('it is not what was sealed');
});

test('without keys nothing is sealed or looked for, and it is said why', () => {
  const empty = openVault([]);
  const refusal = { message: expect.stringContaining('no key is configured'), code: 'SOURCE_UNAVAILABLE' };
  expect(() => empty.seal('TEM-1', details)).toThrow(expect.objectContaining(refusal));
  expect(() => empty.emailIndexes('zoe@exemple.fr')).toThrow(expect.objectContaining(refusal));
  expect(() => empty.open('TEM-1', sealed)).toThrow('which is not configured');
});

test('an address has one index per key, whatever its spelling', () => {
  const [first, second] = vault.emailIndexes(' ZOE@Exemple.FR ');
  expect(first).toEqual(sealed.emailIndex);
  expect(second).not.toEqual(first);
  expect(second).toEqual(openVault(keysOf('old')).emailIndexes('zoe@exemple.fr')[0]);
  expect(vault.emailIndexes('zoé@exemple.fr')[0]).not.toEqual(first);
});

test('printing a vault shows no key', () => {
  for (const { key } of keysOf('new', 'old')) {
    const bytes = key.export();
    const text = inspect(vault, { depth: 9, showHidden: true });
    for (const form of ['hex', 'base64'] as const)
      expect(text).not.toContain(bytes.toString(form).slice(0, 10));
  }
});
