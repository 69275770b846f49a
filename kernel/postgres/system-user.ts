import { spawnSync } from 'node:child_process';

/** Who the PostgreSQL processes run as: `undefined` ids mean the current user. */
export interface SystemUser {
  name: string;
  uid?: number;
  gid?: number;
}

const NAME = 'postgres';

const CHOICES =
  'PostgreSQL does not run as root. Do one of these: make the user (useradd --system postgres), start the hub ' +
  'as a user other than root, or set DATABASE_URL to a PostgreSQL server.';

/**
 * PostgreSQL refuses to run as root: then it runs as the system user "postgres", made when missing. `ownerId`
 * is the owner of an existing cluster, whom root follows, so that a folder used with and without sudo works.
 *
 * @throws Error that says what to do when the cluster is another user's, or root finds nobody to become.
 */
export function systemUser(ownerId?: number): SystemUser {
  const self = process.getuid?.() ?? 0;
  if (self !== 0) {
    if (ownerId === undefined || ownerId === self) return { name: 'the current user' };
    throw new Error(
      `The database belongs to the system user ${ownerId}, not to ${self} who runs the hub: ` +
        'start the hub as that user (or root), or set HUB_DATA_DIR to another folder.',
    );
  }
  const user =
    ownerId === undefined
      ? (lookUp() ?? make())
      : { name: `user ${ownerId}`, uid: ownerId, gid: groupOf(ownerId) };
  if (!user) throw new Error(`There is no system user "${NAME}" nor a command to make one: ${CHOICES}`);
  const trial = run('/bin/sh', ['-c', 'exit 0'], user);
  if (trial.status === 0) return user;
  throw new Error(
    `root may not become ${user.name} here (${trial.error?.message ?? trial.stderr}): ${CHOICES}`,
  );
}

/** Asks the system itself whether `user` may read, write or execute a file, or go into a folder (`x`). */
export function may(user: SystemUser, right: 'r' | 'w' | 'x', path: string): boolean {
  return run('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', path], user).status === 0;
}

/** Options of `spawn` that make a process this user's, working in a folder everyone can enter. */
export function spawnAs(user: SystemUser) {
  const ids = user.uid === undefined || user.gid === undefined ? {} : { uid: user.uid, gid: user.gid };
  return { cwd: '/', ...ids };
}

const run = (command: string, args: string[], user: SystemUser = { name: 'root' }) =>
  spawnSync(command, args, { ...spawnAs(user), encoding: 'utf8' });

const number = (output: string) => (/^\d+\s*$/.test(output) ? Number.parseInt(output, 10) : undefined);

const groupOf = (uid: number) => number(run('id', ['-g', String(uid)]).stdout ?? '') ?? uid;

function lookUp(): SystemUser | undefined {
  const uid = number(run('id', ['-u', NAME]).stdout ?? '');
  const gid = number(run('id', ['-g', NAME]).stdout ?? '');
  return uid === undefined || gid === undefined ? undefined : { name: NAME, uid, gid };
}

function make(): SystemUser | undefined {
  run('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', '--user-group', NAME]);
  // Alpine and other BusyBox systems.
  if (!lookUp()) run('adduser', ['-S', '-D', '-H', '-s', '/sbin/nologin', NAME]);
  return lookUp();
}
