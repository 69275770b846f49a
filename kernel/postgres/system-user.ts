import { spawnSync } from 'node:child_process';

/** Who the PostgreSQL processes run as: `undefined` ids mean the current user. */
export interface SystemUser {
  name: string;
  uid?: number;
  gid?: number;
}

const NAME = 'postgres';

/**
 * PostgreSQL refuses to run as root: then it runs as the system user "postgres", made when missing. `ownerId`
 * is the owner of an existing cluster, whom root follows, so that a folder used with and without sudo works.
 *
 * @throws Error that says what to do when root can neither find nor make that user.
 */
export function systemUser(ownerId?: number): SystemUser {
  if (process.getuid?.() !== 0) return { name: 'the current user' };
  if (ownerId !== undefined && ownerId !== 0)
    return { name: `user ${ownerId}`, uid: ownerId, gid: groupOf(ownerId) };
  const user = lookUp() ?? make();
  if (user) return user;
  throw new Error(
    `PostgreSQL does not run as root, and there is no system user "${NAME}" nor a command to make one. ` +
      `Do one of these: make it (useradd --system ${NAME}), start the hub as another user, or set DATABASE_URL ` +
      'to a PostgreSQL server.',
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
