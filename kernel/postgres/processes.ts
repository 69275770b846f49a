import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A process told apart from a later one that got the same number: pid, and on Linux the tick it started at.
 * Elsewhere the pid alone.
 */
export function processIdentity(pid: number): string {
  return `${pid} ${startTick(pid) ?? ''}`.trim();
}

/** True while the process of this identity runs. */
export function isAlive(identity: string): boolean {
  const pid = Number.parseInt(identity, 10);
  return Number.isInteger(pid) && pid > 0 && exists(pid) && processIdentity(pid) === identity;
}

/** True when a process of this number runs, whoever it belongs to. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Command line of a process, its words separated by a zero byte on Linux; empty when it is gone or a zombie. */
export function commandLine(pid: number): string {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? '';
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

/** Field 22 of /proc/pid/stat; the command name before it may hold blanks and parentheses. */
function startTick(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
