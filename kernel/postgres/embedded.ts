import { accessSync, constants, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../folder.ts';
import { binariesFor } from './binaries.ts';
import { type ClusterPaths, ensureCluster, ownerOf, urlOf } from './cluster.ts';
import { elsewhere, homeOf, shelter } from './home.ts';
import { launch } from './launch.ts';
import { runningServer, signal, stopServer } from './postmaster.ts';
import { withStartLock } from './start-lock.ts';
import { systemUser } from './system-user.ts';
import { hasUsers, register } from './users.ts';

export interface EmbeddedOptions {
  /** Folder of the cluster, made if missing; one server at a time runs on it. */
  dataDir: string;
  log?: (message: string) => void;
  /** False trades the safety of the data for speed: tests only. */
  durable?: boolean;
}

export interface RunningPostgres {
  /** Holds the password: not for logs. */
  url: string;
  /** True when this call started the server, false when it joined one that was running. */
  owned: boolean;
  /**
   * Ends this use. The last process out stops the server, so a command that outlives the hub, or the reverse,
   * never loses its database, and a server that a killed hub left behind ends with the next one.
   */
  stop(): Promise<void>;
}

/**
 * The embedded PostgreSQL of a folder: made, started or joined, whatever a previous run left there. It is the
 * default for trying out and developing; production sets DATABASE_URL.
 *
 * @throws Error that says what happened, with the end of the server's log, or what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<RunningPostgres> {
  const { log = () => undefined, durable = true } = options;
  const dataDir = prepare(options.dataDir);
  const lock = join(dataDir, 'starting.lock');
  return withStartLock(lock, async () => {
    const user = systemUser(ownerOf(elsewhere(dataDir) ?? dataDir));
    const home = homeOf(dataDir, user, log);
    const native = binariesFor(user, () => shelter(user), log);
    const paths = ensureCluster(home, native, user, durable);
    // Noted before looking for a server: a process that ends meanwhile sees that somebody still wants it.
    const use = register(paths.users);
    try {
      const running = await runningServer(paths.data);
      const server = running ?? (await launch(paths, native, user, durable));
      const stop = usage(lock, paths, use, server.pid);
      return { url: urlOf(paths, server.port), owned: running === undefined, stop };
    } catch (error) {
      rmSync(use, { force: true });
      throw error;
    }
  });
}

/** Ends this process's use of a server, once: by the returned function, or when the process ends without it. */
function usage(lock: string, paths: ClusterPaths, use: string, pid: number): () => Promise<void> {
  // A crash or process.exit() leaves no time to wait: the signal is enough, the server ends on its own.
  const onExit = () => {
    rmSync(use, { force: true });
    if (!hasUsers(paths.users)) signal(pid, 'SIGINT');
  };
  process.once('exit', onExit);
  let stopping: Promise<void> | undefined;
  return () => {
    process.off('exit', onExit);
    stopping ??= withStartLock(lock, async () => {
      rmSync(use, { force: true });
      if (!hasUsers(paths.users)) await stopServer(pid, paths.data);
    });
    return stopping;
  };
}

function prepare(folder: string): string {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    return realpathSync(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The data folder ${folder} cannot be written to (${reason}). ` +
        'Start the hub as the user it belongs to, or set HUB_DATA_DIR to another one.',
      { cause: error },
    );
  }
}
