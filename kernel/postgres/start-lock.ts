import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, processIdentity } from './processes.ts';

/** A first start takes seconds; ten times that means something hangs, and saying so helps more than waiting. */
const PATIENCE_MS = 60_000;

/**
 * Runs `work` while no other process starts or stops the same database. The lock is a file that names its
 * holder, so the lock of a killed process is taken over.
 *
 * @throws Error naming the holder after a minute of waiting.
 */
export async function withStartLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const mine = `${file}.${randomUUID()}`;
  const identity = processIdentity(process.pid);
  writeFileSync(mine, identity);
  try {
    await acquire(file, mine);
  } finally {
    rmSync(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

async function acquire(file: string, mine: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!link(mine, file)) {
    const holder = read(file);
    if (holder !== undefined && !isAlive(holder)) {
      takeAway(file, holder);
    } else if (Date.now() > deadline) {
      throw new Error(`Process ${holder} has been starting or stopping this database for too long: ${file}`);
    } else {
      await sleep(25);
    }
  }
}

/** A hard link appears with its content in one step: nobody ever reads a half-written lock. */
function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Two waiters may see the same dead holder: the second one may pick up the first one's new lock; it puts it back. */
function takeAway(file: string, holder: string): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== holder) link(aside, file);
  rmSync(aside, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
