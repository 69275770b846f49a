import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isAlive, processIdentity } from './processes.ts';
import { withStartLock } from './start-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const dead = () => String(spawnSync('true').pid);

test('one holder at a time, and nothing left behind', async () => {
  let inside = 0;
  let most = 0;
  const work = () =>
    withStartLock(join(folder, 'lock'), async () => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(5);
      inside -= 1;
    });
  await Promise.all([work(), work(), work(), work()]);
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a dead process is taken over by one of those who wait', async () => {
  writeFileSync(join(folder, 'lock'), dead());
  const order: string[] = [];
  const work = (name: string) =>
    withStartLock(join(folder, 'lock'), async () => {
      order.push(`${name} in`);
      await sleep(5);
      order.push(`${name} out`);
    });
  await Promise.all([work('a'), work('b')]);
  expect([order[0]?.at(0), order[1]]).toEqual([order[1]?.at(0), `${order[0]?.at(0)} out`]);
  expect(order).toHaveLength(4);
});

test('a failure gives the lock back', async () => {
  const failing = withStartLock(join(folder, 'lock'), () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(join(folder, 'lock'))).toBe(false);
});

test('a process is told from another one that got its number', () => {
  expect(isAlive(processIdentity(process.pid))).toBe(true);
  expect(isAlive(dead())).toBe(false);
  expect(isAlive('')).toBe(false);
});

test.runIf(process.platform === 'linux')('on Linux by when it started', () => {
  expect(isAlive(`${process.pid} 1`)).toBe(false);
});
