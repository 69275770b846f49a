import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { may, type SystemUser } from './system-user.ts';

const APP = 'services-publics-plus-hub';
const NOTE = 'DATABASE-IS-ELSEWHERE.txt';

/**
 * The folder that really holds the cluster: `dataDir` itself, or, when the system user cannot reach it (a
 * checkout in root's home), a folder of its own that a note in `dataDir` names. The note travels with
 * `dataDir` and a new `dataDir` gets a new folder, so two checkouts never share one.
 */
export function homeOf(dataDir: string, user: SystemUser, log: (message: string) => void): string {
  const known = elsewhere(dataDir);
  if (known) return known;
  if (may(user, 'x', dataDir)) return dataDir;
  if (existsSync(join(dataDir, 'cluster'))) {
    throw new Error(
      `${user.name}, as whom PostgreSQL runs, can no longer enter ${dataDir}: let it in with chmod a+x.`,
    );
  }
  const home = mkdtempSync(join(shelter(user), 'data-'));
  chmodSync(home, 0o755);
  const note = [
    home,
    '',
    `PostgreSQL runs as ${user.name}, who cannot reach this folder: its files are in the folder above.`,
    'To start from nothing, stop the hub and delete both. To keep the data here instead, start the hub as a',
    'user other than root, or set HUB_DATA_DIR to a folder that everybody may enter.',
    '',
  ];
  writeFileSync(join(dataDir, NOTE), note.join('\n'));
  log(`${user.name} cannot reach ${dataDir}: the database is kept in ${home}`);
  return home;
}

/** Where the note of `dataDir` points to, if it has one and the folder is still there. */
export function elsewhere(dataDir: string): string | undefined {
  const note = join(dataDir, NOTE);
  if (!existsSync(note)) return undefined;
  const home = readFileSync(note, 'utf8').split('\n')[0]?.trim();
  return home && existsSync(home) ? realpathSync(home) : undefined;
}

/**
 * A folder of root's that the system user can reach. In a shared place such as /tmp it is used only while it is
 * ours and nobody else can write to it.
 *
 * @throws Error when there is none.
 */
export function shelter(user: SystemUser): string {
  for (const base of ['/var/lib', '/opt', '/var/tmp', tmpdir()].filter((place) => existsSync(place))) {
    const folder = join(base, APP);
    try {
      mkdirSync(folder, { recursive: true });
      const { uid, mode } = statSync(folder);
      if (uid !== process.getuid?.() || mode & 0o022) continue;
      chmodSync(folder, 0o755);
      if (may(user, 'x', folder)) return realpathSync(folder);
    } catch {
      // Read-only or forbidden: the next one.
    }
  }
  throw new Error(
    `${user.name}, as whom PostgreSQL runs, can reach neither the hub nor any folder under /var/lib, /opt or ` +
      `${tmpdir()}. Set HUB_DATA_DIR to a folder that everybody may enter, or DATABASE_URL to a PostgreSQL server.`,
  );
}

/** Gives a folder made by root to the system user. */
export function give(path: string, user: SystemUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
}
