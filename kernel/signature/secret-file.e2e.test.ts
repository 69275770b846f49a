import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { gatewaySecrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-secret-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ONE = 'one secret of more than 32 characters';
const TWO = 'two secret of more than 32 characters';
const secretsOf = (environment: Record<string, string>) => gatewaySecrets(readConfig(environment));

test('secrets of the environment are taken as they are, the signing one first, and no file is made', () => {
  const dataDir = join(folder, 'unused');
  const given = { HUB_DATA_DIR: dataDir, HUB_GATEWAY_SECRETS: ` ${ONE}, ${TWO} ` };
  expect(secretsOf(given)).toEqual([ONE, TWO]);
  expect(existsSync(dataDir)).toBe(false);
});

test.each(['short', `${ONE},short`, `${ONE},`, ','])(
  'secrets like "%s" are refused, and not repeated',
  (text) => {
    expect(() => secretsOf({ HUB_GATEWAY_SECRETS: text })).toThrow(
      /^Wrong settings in the environment:\n {2}HUB_GATEWAY_SECRETS: Each secret needs at least 32 characters\.$/,
    );
  },
);

test('without them a file is made, for the user of the hub only, and found again', () => {
  const dataDir = join(folder, 'deep', 'data');
  const [secret] = secretsOf({ HUB_DATA_DIR: dataDir });
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(statSync(join(dataDir, 'gateway-secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['gateway-secret']);
  expect(secretsOf({ HUB_DATA_DIR: dataDir })).toEqual([secret]);
  expect(secretsOf({ HUB_DATA_DIR: join(folder, 'other') })).not.toEqual([secret]);
});

test('processes that start together share one', async () => {
  const path = join(folder, 'together', 'gateway-secret');
  const code = `import { secretFile } from './kernel/signature/secret-file.ts';
    console.log(secretFile(${JSON.stringify(path)}));`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
  const printed = await Promise.all(Array.from({ length: 6 }, run));
  expect(new Set(printed.map(({ stdout }) => stdout.trim()))).toEqual(
    new Set([readFileSync(path, 'utf8').trim()]),
  );
  expect(readdirSync(join(folder, 'together'))).toEqual(['gateway-secret']);
});

test.each<[string, (path: string) => void, RegExp]>([
  ['that others may read', (path) => chmodSync(path, 0o644), /other users may read it: chmod 600/],
  ['that its group may write', (path) => chmodSync(path, 0o620), /other users may read it/],
  ['that is empty', (path) => writeFileSync(path, ''), /it holds no secret: delete it/],
  ['that was cut', (path) => writeFileSync(path, 'short'), /it holds no secret: delete it/],
])('a file %s is of no use', (name, harm, why) => {
  const dataDir = join(folder, name);
  const [secret] = secretsOf({ HUB_DATA_DIR: dataDir });
  harm(join(dataDir, 'gateway-secret'));
  const again = () => secretsOf({ HUB_DATA_DIR: dataDir });
  expect(again).toThrow(why);
  expect(again).toThrow(/Set HUB_GATEWAY_SECRETS instead\.$/);
  expect(again).not.toThrow(secret);
});

test('where no file can be made it says what to set', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  mkdirSync(join(folder, 'taken', 'gateway-secret'), { recursive: true });
  for (const dataDir of [join(file, 'data'), join(folder, 'taken')])
    expect(() => secretsOf({ HUB_DATA_DIR: dataDir })).toThrow(
      /^There is no secret between gateway and subgraphs\. .*gateway-secret.* Set HUB_GATEWAY_SECRETS instead\.$/,
    );
});
