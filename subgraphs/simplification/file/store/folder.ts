import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../../kernel/folder.ts';
import type { FileStore } from './store.ts';

/** A store in a folder of this machine, one file each, in folders of 256 by the first digits of their ids. */
export function folderStore(folder: string): FileStore {
  const pathOf = (id: string) => join(folder, id.slice(5, 7), id);
  return {
    put: async (id, { path }) => {
      const target = pathOf(id);
      makeFolder(dirname(target));
      // The copy is on disk already; what names it is, once its folder is.
      await rename(path, target);
      await onDisk(dirname(target));
    },
    get: async (id) => {
      try {
        const file = await open(pathOf(id), 'r');
        return file.createReadStream();
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    remove: async (id) => {
      await rm(pathOf(id), { force: true });
      await onDisk(dirname(pathOf(id)));
    },
  };
}

/** Waits until the names in a folder are on disk. */
async function onDisk(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';
