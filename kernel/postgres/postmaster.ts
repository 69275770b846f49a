import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, exists } from './processes.ts';

/** The server as it describes itself in postmaster.pid. */
export interface Postmaster {
  pid: number;
  port: number;
  ready: boolean;
}

const pidFile = (data: string) => join(data, 'postmaster.pid');

/** What postmaster.pid says, whether or not that process still lives; undefined without the file. */
export function readPostmaster(data: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(pidFile(data), 'utf8').split('\n');
  } catch {
    return undefined;
  }
  // Line 1 pid, 4 port, 8 status (PostgreSQL: src/include/utils/pidfile.h); the last lines come with time.
  const pid = Number.parseInt(lines[0] ?? '', 10);
  if (!Number.isInteger(pid)) return undefined;
  return { pid, port: Number.parseInt(lines[3] ?? '', 10) || 0, ready: lines[7]?.trim() === 'ready' };
}

/** True when that number is a living server of this very folder, not another process that took it over. */
export function isServing(pid: number, data: string): boolean {
  const command = commandLine(pid);
  return exists(pid) && command.includes('postgres') && command.includes(data);
}

/**
 * The server already running on a folder, once it is ready; undefined when there is none. One that is being
 * stopped is waited for.
 */
export async function runningServer(data: string): Promise<Postmaster | undefined> {
  for (;;) {
    const server = readPostmaster(data);
    if (!server || !isServing(server.pid, data)) return undefined;
    if (server.ready) return server;
    await sleep(20);
  }
}

/**
 * Fast shutdown: open transactions are rolled back, everything committed is on disk. After `patience` the
 * server is stopped at once instead, which loses nothing either but makes the next start replay its log.
 */
export async function stopServer(pid: number, data: string, patience = 30_000): Promise<void> {
  signal(pid, 'SIGINT');
  const deadline = Date.now() + patience;
  while (isServing(pid, data)) {
    if (Date.now() > deadline) signal(pid, 'SIGQUIT');
    await sleep(20);
  }
}

/** Sends a signal to a process that may just have ended. */
export function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (exists(pid)) throw error;
  }
}
