import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { HubError } from '../../../kernel/errors.ts';
import { jsonAnswer, type RawAnswer, type RawRequest } from '../../../kernel/raw/route.ts';
import { auditOf } from '../../../kernel/write/audit.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { announce, confirm, sentBy, withdraw } from './file.query.ts';
import { receive } from './receive.ts';
import type { FileStore, ReceivedFile } from './store/store.ts';

export interface DepositTools {
  owner: Kysely<SimplificationDatabase>;
  store: FileStore;
  /** Folder of the files that are on their way. */
  incoming: string;
}

/** What one depositor may send in a day or have waiting for a report: a full disk would be everybody's. */
const MOST_FILES = 1000;
const MOST_BYTES = 1_000_000_000;

/** Files that one depositor may send at once to a process: until they are whole, nothing else counts them. */
const MOST_AT_ONCE = 10;
const sending = new Map<string, number>();

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
  const { subject } = request.viewer;
  if (subject === null) throw new HubError('UNAUTHENTICATED', 'Sending a file needs a key or a token.');
  const already = sending.get(subject) ?? 0;
  if (already >= MOST_AT_ONCE) throw tooMany('Too many files at once: wait for some to end.', 5);
  sending.set(subject, already + 1);
  try {
    return await take(request, subject, { owner, store, incoming });
  } finally {
    const left = (sending.get(subject) ?? 1) - 1;
    if (left > 0) sending.set(subject, left);
    else sending.delete(subject);
  }
}

const tooMany = (message: string, retryAfterSeconds: number) =>
  new HubError('RATE_LIMITED', message, { retryAfterSeconds });

async function take(
  request: RawRequest,
  subject: string,
  { owner, store, incoming }: DepositTools,
): Promise<RawAnswer> {
  const { viewer, requestId } = request;
  const sent = await sentBy(owner, subject);
  if (sent.files >= MOST_FILES || sent.bytes >= MOST_BYTES) {
    throw tooMany('Too many files in a day, or waiting for a report: try again tomorrow.', 3600);
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
