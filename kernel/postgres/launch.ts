import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClusterPaths, serverEnvironment } from './cluster.ts';
import { give } from './home.ts';
import { isServing, type Postmaster, readPostmaster } from './postmaster.ts';
import { exists } from './processes.ts';
import { type SystemUser, spawnAs } from './system-user.ts';

const LOG_LIMIT_BYTES = 8_000_000;

/** Settings of a server for one machine's try-out. Passed on the command line: they follow the code's version. */
function settings(port: number, durable: boolean): Record<string, string> {
  return {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // One machine, no replica: COPY into a table made in the same transaction then writes no log at all.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '2GB',
    random_page_cost: '1.1',
    // Compiling a plan costs more than our short queries.
    jit: 'off',
    huge_pages: 'off',
    log_min_messages: 'warning',
    log_timezone: 'UTC',
    // Containers often give 64 MB of shared memory, which parallel queries overflow; files have no such limit.
    ...(smallSharedMemory() ? { dynamic_shared_memory_type: 'mmap' } : {}),
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
}

/**
 * Starts the server of a cluster on a free port of the loopback and waits until it takes connections. It is
 * its own process group: Ctrl-C in the terminal reaches the hub, which then stops it in order.
 *
 * @throws Error with the end of the server's log.
 */
export async function launch(
  paths: ClusterPaths,
  native: string,
  user: SystemUser,
  durable: boolean,
): Promise<Postmaster> {
  disownStalePid(paths.data);
  const deadline = Date.now() + 20_000;
  for (;;) {
    const outcome = await attempt(paths, native, user, settings(await freePort(), durable));
    if (typeof outcome !== 'string') return outcome;
    // Someone took the port meanwhile, or the children of a killed server are still ending.
    const passing = /could not bind|pre-existing shared memory|is another postmaster/i.test(outcome);
    if (!passing || Date.now() > deadline) {
      throw new Error(
        `PostgreSQL did not start in ${paths.data} as ${user.name}. Its log ends with:\n${outcome}`,
      );
    }
    await sleep(250);
  }
}

/** The ready server, or the end of its log. */
async function attempt(
  paths: ClusterPaths,
  native: string,
  user: SystemUser,
  values: Record<string, string>,
): Promise<Postmaster | string> {
  const log = openLog(paths.serverLog, user);
  const args = Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(native, 'bin', 'postgres'), ['-D', paths.data, ...args], {
    ...spawnAs(user),
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
  });
  closeSync(log.descriptor);
  let ended: string | undefined;
  child.on('error', (error) => {
    ended = error.message;
  });
  child.on('exit', (code, signal) => {
    ended ??= `(ended with ${signal ?? `status ${code}`})`;
  });
  child.unref();
  while (ended === undefined) {
    const server = readPostmaster(paths.data);
    if (server?.ready && server.pid === child.pid) return server;
    await sleep(10);
  }
  return `${readFileSync(paths.serverLog).subarray(log.start).toString('utf8').slice(-3000)}${ended}`;
}

function openLog(file: string, user: SystemUser): { descriptor: number; start: number } {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const descriptor = openSync(file, size > LOG_LIMIT_BYTES ? 'w' : 'a', 0o600);
  give(file, user);
  return { descriptor, start: size > LOG_LIMIT_BYTES ? 0 : size };
}

/**
 * After a crash, postmaster.pid may name a number that another program has taken: PostgreSQL would refuse to
 * start. Naming ourselves, its parent, makes it see a stale file while it still checks the shared memory that
 * the file records, which deleting the file would prevent.
 */
function disownStalePid(data: string): void {
  const server = readPostmaster(data);
  if (!server || !exists(server.pid) || isServing(server.pid, data)) return;
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(process.pid)));
}

function smallSharedMemory(): boolean {
  try {
    const { blocks, bsize } = statfsSync('/dev/shm');
    return blocks * bsize < 256_000_000;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
