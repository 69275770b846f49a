import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { jsonAnswer, type RawAnswer, type RawRequest } from '../../../kernel/raw/route.ts';
import { auditOf } from '../../../kernel/write/audit.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { announce, confirm, waitingOf, withdraw } from './file.query.ts';
import { receive } from './receive.ts';
import type { FileStore, ReceivedFile } from './store/store.ts';

export interface DepositTools {
  owner: Kysely<SimplificationDatabase>;
  store: FileStore;
  /** Folder of the files that are on their way. */
  incoming: string;
}

/** What one depositor may have waiting for a report: a full disk would be everybody's. */
const MOST_FILES = 1000;
const MOST_BYTES = 1_000_000_000;

/**
 * `PUT /files`: anybody with a key sends a file, to be attached to a report by the same key within a day. Each request
 * makes a file of its own. Answers 201 `{id, type, bytes, sha256}`.
 *
 * @throws HubError UNAUTHENTICATED for anybody; RATE_LIMITED; BAD_USER_INPUT with 413 or 415; SOURCE_UNAVAILABLE
 */
export async function deposit(
  request: RawRequest,
  { owner, store, incoming }: DepositTools,
): Promise<RawAnswer> {
  const { viewer, requestId } = request;
  const { subject } = viewer;
  if (subject === null) throw new HubError('UNAUTHENTICATED', 'Sending a file needs a key or a token.');
  const waiting = await waitingOf(owner, subject);
  if (waiting.files >= MOST_FILES || waiting.bytes >= MOST_BYTES) {
    throw new HubError(
      'RATE_LIMITED',
      'Too many files wait for a report: attach some, or try again tomorrow.',
      {
        retryAfterSeconds: 3600,
      },
    );
  }
  const file = await receive(request, incoming);
  try {
    const id = `FILE-${randomUUID()}`;
    await announce(owner, id, subject);
    await keep(id, file, { owner, store });
    await confirm(owner, id, file, (trx) => auditOf(trx, { viewer, requestId, open: true }));
    const { type, bytes, sha256 } = file;
    return jsonAnswer(201, { id, type, bytes, sha256 });
  } finally {
    await rm(file.path, { force: true });
  }
}

/** Nothing stays of a file that the store could not take. */
async function keep(
  id: string,
  file: ReceivedFile,
  { owner, store }: Pick<DepositTools, 'owner' | 'store'>,
): Promise<void> {
  try {
    await store.put(id, file);
  } catch (error) {
    // What cannot be removed now is left for the purge, which finds it by its row.
    await store.remove(id).then(
      () => withdraw(owner, id),
      () => undefined,
    );
    throw error;
  }
}
