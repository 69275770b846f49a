import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../../../kernel/folder.ts';
import type { RawRequest } from '../../../kernel/raw/route.ts';
import { Content } from './content.ts';
import type { ReceivedFile } from './store/store.ts';

/**
 * Writes a file that comes to disk, chunk by chunk, hashing it and looking at what it is. When it is refused, or the
 * one who sends it leaves, nothing stays.
 *
 * @param folder of the files that are on their way; what a crash leaves there is for the purge
 * @throws HubError BAD_USER_INPUT with 415 for what is not taken, 413 over the limit
 */
export async function receive(
  { body, signal }: Pick<RawRequest, 'body' | 'signal'>,
  folder: string,
): Promise<ReceivedFile> {
  makeFolder(folder);
  const path = join(folder, randomUUID());
  const content = new Content();
  try {
    await pipeline(
      body,
      async function* look(source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          content.add(chunk);
          yield chunk;
        }
      },
      // For its owner alone; on disk before it is said to be kept.
      createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
      { signal },
    );
    return { path, ...content.end() };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
