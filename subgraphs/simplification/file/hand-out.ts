import { HubError } from '../../../kernel/errors.ts';
import type { RawAccess } from '../../../kernel/graphql/open.ts';
import { log } from '../../../kernel/log.ts';
import type { RawAnswer, RawRequest } from '../../../kernel/raw/route.ts';
import { nothingHere } from '../../../kernel/raw/status.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { FILE_TYPES } from './content.ts';
import { fileOfReport, ownWaitingFile, type StoredFile } from './file.query.ts';
import { type FileStore, isFileId } from './store/store.ts';

/**
 * `GET /files/FILE-…`: a file for those who see its report, or for its depositor as long as it is attached to none. One
 * that is unknown and one that is not for the viewer are answered alike, after the same statements. It is never shown
 * by a browser as a page of the hub.
 *
 * @throws HubError UNAUTHENTICATED for anybody, NOT_FOUND, SOURCE_UNAVAILABLE
 */
export async function handOut(
  { viewer, requestId, params: { id = '' } }: RawRequest,
  { access, store }: { access: RawAccess<SimplificationDatabase>; store: FileStore },
): Promise<RawAnswer> {
  const { subject } = viewer;
  if (subject === null) throw new HubError('UNAUTHENTICATED', 'Reading a file needs a key or a token.');
  if (!isFileId(id)) throw nothingHere();
  const ofReport = await fileOfReport(access.agentOf(viewer), id);
  const own = await ownWaitingFile(access.owner, id, subject);
  const found = ofReport ?? own;
  if (found === null) throw nothingHere();
  const body = await store.get(id);
  if (body === null) {
    log.error({ requestId, file: id }, 'a file that is known is not in the store');
    throw new HubError('SOURCE_UNAVAILABLE', 'This file is not available.');
  }
  log.info({ requestId, file: id, subject }, 'a file was read');
  return { status: 200, headers: headersOf(id, found), body };
}

function headersOf(id: string, { type, bytes }: StoredFile): RawAnswer['headers'] {
  const extension = Object.entries(FILE_TYPES).find(([known]) => known === type)?.[1] ?? 'bin';
  return {
    'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'content-length': String(bytes),
    // Saved, not shown; should it be shown nevertheless, nothing in it runs.
    'content-disposition': `attachment; filename="${id}.${extension}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  };
}
