import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A file on disk, or a stream with a name for the journal. */
export type ImportSource = string | { name: string; stream: Readable };

/** Folder of one run: what a stream sent, problems waiting to be stored. Removed at the end. */
export interface Workspace {
  /** File to read. */
  path: string;
  fileName: string;
  /** Where problems wait. */
  spool: string;
  remove(): Promise<void>;
}

/** Makes the folder of a run; a stream is first written to disk, since it must be read more than once. */
export async function openWorkspace(source: ImportSource): Promise<Workspace> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const spool = join(folder, 'problems');
  if (typeof source === 'string') return { path: source, fileName: basename(source), spool, remove };
  const path = join(folder, 'source');
  try {
    await pipeline(source.stream, createWriteStream(path));
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, fileName: basename(source.name), spool, remove };
}
