import { readFileSync } from 'node:fs';
import { statement } from './statement.ts';

/** Linux counts the CPU of other processes in hundredths of a second. */
const TICK_MS = 10;

/**
 * CPU that the server has used so far, in milliseconds: its present processes, and those that have ended, which
 * their parent counts. A process that answers a query for several connections is nobody's in particular, so this
 * is of the whole server: nothing else may use it meanwhile.
 */
export async function databaseCpuMs(url: string): Promise<number> {
  const rows = await statement<{ pid: number }>(
    url,
    'select pid from pg_stat_activity where pid is not null',
  );
  const processes = rows.map(({ pid }) => timesOf(pid)).filter((times) => times !== null);
  const [server] = processes;
  const ended = server ? (timesOf(server.parent)?.children ?? 0) : 0;
  return (ended + processes.reduce((sum, { own }) => sum + own, 0)) * TICK_MS;
}

/** Parent and CPU ticks of a process, its own and those of its children that have ended; see proc(5). */
function timesOf(pid: number): { parent: number; own: number; children: number } | null {
  try {
    // The name, in parentheses, may hold anything; what follows is numbers.
    const [, rest = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) (?=[A-Z] )/);
    const fields = rest.split(' ').map(Number);
    const at = (index: number) => fields[index] ?? 0;
    return { parent: at(1), own: at(11) + at(12), children: at(13) + at(14) };
  } catch {
    return null;
  }
}
