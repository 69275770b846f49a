import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from './folder.ts';

const root = mkdtempSync(join(tmpdir(), 'hub-folder-'));
afterAll(() => rmSync(root, { recursive: true }));

test('folders are made with those above them; one that exists is left alone', () => {
  const deep = join(root, 'a', 'b', 'c');
  makeFolder(deep);
  writeFileSync(join(deep, 'kept'), '');
  makeFolder(deep);
  expect(existsSync(join(deep, 'kept'))).toBe(true);
});

test('a file in the place of a folder, or above it, is an error', () => {
  const file = join(root, 'file');
  writeFileSync(file, 'content');
  expect(() => makeFolder(file)).toThrow(/EEXIST/);
  expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR/);
  expect(statSync(file).isFile()).toBe(true);
});

test.runIf(existsSync('/proc/self'))('a place where the system makes no folder is an error, at once', () => {
  expect(() => makeFolder('/proc/nothing/below')).toThrow(/ENOENT.*\/proc\/nothing/);
});
