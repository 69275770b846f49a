import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { FileSettings } from '../../../../kernel/file-settings.ts';
import { folderStore } from './folder.ts';
import { s3Store } from './s3.ts';

/**
 * Where files are kept, outside of the database: a folder, or an object store. What is in it is named by ids of the
 * hub, never by anything that a client says.
 */
export interface FileStore {
  /**
   * Keeps a file whole under an id, or not at all. Takes the local copy over: it is gone afterwards, or of no use.
   *
   * @throws HubError SOURCE_UNAVAILABLE
   */
  put(id: string, file: ReceivedFile): Promise<void>;
  /** The bytes of a file as a stream, null when there is none. @throws HubError SOURCE_UNAVAILABLE */
  get(id: string): Promise<Readable | null>;
  /** Removes a file; one that is not there is removed already. @throws HubError SOURCE_UNAVAILABLE */
  remove(id: string): Promise<void>;
}

/** A file that has come whole, in a local copy. */
export interface ReceivedFile {
  path: string;
  /** Media type of its content. */
  type: string;
  bytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
}

const ID = /^FILE-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a file: a store is asked for nothing else. */
export const isFileId = (text: string): boolean => ID.test(text);

/** The store that the settings name; it is reached, or its folder made, when a file comes. */
export const openStore = (settings: FileSettings): FileStore =>
  settings.s3 ? s3Store(settings.s3) : folderStore(settings.folder);

/** Folder of the files that are on their way: with a local store beside it, so that keeping one is a renaming. */
export const incomingOf = ({ folder }: Pick<FileSettings, 'folder'>): string => join(folder, 'incoming');
