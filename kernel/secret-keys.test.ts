import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { newSecretKey, parseSecretKeys } from './secret-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-keys-'));
afterAll(() => rmSync(folder, { recursive: true }));
const base64 = randomBytes(32).toString('base64');
const other = randomBytes(32).toString('base64');
const message = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return inspect(error, { depth: 9, showHidden: true });
  }
  return 'accepted';
};

test('keys are read in their order, from a list or from lines', () => {
  for (const text of [`new:${base64},old:${other}`, `\nnew:${base64}\n old:${other} \n`]) {
    expect(parseSecretKeys(text).map(({ id, key }) => [id, key.export().toString('base64')])).toEqual([
      ['new', base64],
      ['old', other],
    ]);
  }
});

test('a key that was just made is a setting, another one each time, named by its day', () => {
  const now = new Date('2026-11-22T23:30:00Z');
  expect(parseSecretKeys(newSecretKey(now))[0]?.id).toMatch(/^2026-11-22-[0-9a-f]{4}$/);
  expect(newSecretKey(now)).not.toBe(newSecretKey(now));
});

test.each([
  ['nothing', ' , ', /at least one key/],
  ['no id', base64, /Entry 1 is not <id>:/],
  ['an id with capitals', `New:${base64}`, /Entry 1 is not/],
  ['31 bytes', `new:${randomBytes(31).toString('base64')}`, /Entry 1 is not/],
  ['33 bytes', `new:${randomBytes(33).toString('base64')}`, /Entry 1 is not/],
  ['base64url', `new:${base64.slice(0, 40)}-_-=`, /Entry 1 is not/],
  ['zeros', `new:${Buffer.alloc(32).toString('base64')}`, /Entry 1 is no random key/],
  ['one id twice', `new:${base64},new:${other}`, /Entry 2 repeats/],
  ['one key twice', `new:${base64},old:${base64}`, /Entry 2 repeats/],
])('%s is refused without being repeated', (_what, text, expected) => {
  const said = message(() => readConfig({ HUB_CONTACT_KEYS: text }));
  expect(said).toMatch(/Wrong settings in the environment:\s+HUB_CONTACT_KEYS: /);
  expect(said).toMatch(expected);
  for (const secret of [base64, other]) expect(said).not.toContain(secret.slice(0, 12));
});

test('a mounted file holds keys too; one that cannot be read, or both at once, are refused', () => {
  const file = join(folder, 'keys');
  writeFileSync(file, `new:${base64}\nold:${other}\n`);
  expect(readConfig({ HUB_CONTACT_KEYS_FILE: file }).contactKeys.map(({ id }) => id)).toEqual(['new', 'old']);
  expect(() => readConfig({ HUB_CONTACT_KEYS_FILE: join(folder, 'none') })).toThrow(
    'HUB_CONTACT_KEYS_FILE: The file cannot be read.',
  );
  const both = { HUB_CONTACT_KEYS: `new:${base64}`, HUB_CONTACT_KEYS_FILE: file };
  expect(() => readConfig(both)).toThrow('HUB_CONTACT_KEYS_FILE: Set one of HUB_CONTACT_KEYS');
});

test('printing or logging the settings shows no key', () => {
  const config = readConfig({ HUB_CONTACT_KEYS: `new:${base64}` });
  const bytes = Buffer.from(base64, 'base64');
  for (const text of [inspect(config, { depth: 9, showHidden: true }), JSON.stringify(config)]) {
    expect(text).toContain('new');
    expect(text).not.toContain(base64.slice(0, 12));
    expect(text).not.toContain(bytes.toString('hex').slice(0, 12));
  }
  expect(readConfig({}).contactKeys).toEqual([]);
});
