import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { give } from './home.ts';
import { type SystemUser, spawnAs } from './system-user.ts';

/** User and database of the hub. Not a superuser: what works here works on a server of an administration too. */
const LOGIN = 'hub';

/** Some hundred times what it takes; what is left then is removed by the next start. */
const LONGEST_REMOVAL_MS = 5000;

/** Everything of one cluster, under `<home>/cluster`. */
export interface ClusterPaths {
  root: string;
  data: string;
  password: string;
  serverLog: string;
  /** One file per process that uses the server. */
  users: string;
}

export function clusterPaths(root: string): ClusterPaths {
  return {
    root,
    data: join(root, 'data'),
    password: join(root, 'password'),
    serverLog: join(root, 'server.log'),
    users: join(root, 'users'),
  };
}

/** Numeric id of the system user an existing cluster belongs to. */
export const ownerOf = (home: string): number | undefined =>
  statSync(join(home, 'cluster'), { throwIfNoEntry: false })?.uid;

/** Environment without the PG… variables of the caller, which would steer the programs. */
export const serverEnvironment = () => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
});

/**
 * The cluster of `home`, made on first use. It is built aside and renamed when complete, so a killed first
 * start leaves nothing that looks like a cluster; what it left is removed here. The caller holds the start lock.
 *
 * @param durable false skips waiting for the disk, for tests only.
 * @throws Error with the output of the program that failed.
 */
export function ensureCluster(
  home: string,
  native: string,
  user: SystemUser,
  durable: boolean,
): ClusterPaths {
  const cluster = join(home, 'cluster');
  for (const left of readdirSync(home).filter((name) => name.startsWith('cluster.new-')))
    removeWhole(join(home, left));
  if (existsSync(cluster)) return clusterPaths(cluster);
  const paths = clusterPaths(mkdtempSync(join(home, 'cluster.new-')));
  give(paths.root, user);
  const password = randomBytes(24).toString('base64url');
  writeFileSync(paths.password, password, { mode: 0o600 });
  give(paths.password, user);
  mkdirSync(paths.users);
  give(paths.users, user);
  // The built-in C.UTF-8 sorts by code point, the same on every machine and the fastest, and knows the case
  // of accented letters. Queries that show names to people ask for a French collation by name.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const access = ['--username=postgres', `--pwfile=${paths.password}`, '--auth=scram-sha-256'];
  const speed = durable ? [] : ['--no-sync'];
  // By a name within their folder: once that is removed, a program that outlived its start cannot make it again.
  const runThere = (program: string, args: string[], input = '') =>
    run(join(native, 'bin', program), args, { user, cwd: paths.root, input });
  const folder = ['-D', basename(paths.data)];
  runThere('initdb', [...folder, '--no-instructions', ...locale, ...access, ...speed]);
  const statements = [
    `create role ${LOGIN} login createrole createdb password '${password}';`,
    `create database ${LOGIN} owner ${LOGIN};`,
  ];
  const single = ['--single', ...folder, '-c', 'exit_on_error=on', ...(durable ? [] : ['-F']), 'postgres'];
  runThere('postgres', single, `${statements.join('\n')}\n`);
  renameSync(paths.root, cluster);
  return clusterPaths(cluster);
}

/**
 * Removes a folder where a program that outlived its start may still write: then one go leaves something, without a
 * word, and the program, which finds its files gone, ends.
 */
function removeWhole(folder: string): void {
  const deadline = Date.now() + LONGEST_REMOVAL_MS;
  do rmSync(folder, { recursive: true, force: true });
  while (existsSync(folder) && Date.now() < deadline);
}

/** Connection URL of the hub's own user and database. */
export function urlOf(paths: ClusterPaths, port: number): string {
  return `postgresql://${LOGIN}:${readFileSync(paths.password, 'utf8')}@127.0.0.1:${port}/${LOGIN}`;
}

function run(
  program: string,
  args: string[],
  { user, cwd, input }: { user: SystemUser; cwd: string; input: string },
): void {
  const options = { ...spawnAs(user), cwd, input, encoding: 'utf8', env: serverEnvironment() } as const;
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, options);
  if (status === 0) return;
  const reason = error?.message ?? (signal ? `killed by ${signal}` : `status ${status}`);
  throw new Error(
    `${program} failed as ${user.name} (${reason}):\n${`${stdout ?? ''}${stderr ?? ''}`.slice(-3000)}`,
  );
}
