import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { HubError } from '../errors.ts';
import { dedicated } from '../postgres/dedicated.ts';
import { findEntry, finishEntry, nextPublication, recoverStale, startEntry } from './entries.ts';
import type { ImportTables, ImportTransaction, Undoable } from './feed.ts';
import type { ImportEntry } from './journal.ts';
import { aliveLock, lockSession, lockTransaction, publicationLock, scopeLock } from './locks.ts';
import { restoreEntities } from './restore.ts';

interface RollbackReport {
  /** The import that was undone. */
  undone: ImportEntry;
  /** Journal entry of the rollback. */
  rollbackId: string;
  publication: string;
}

/**
 * Undoes a published import: what it changed is as it was before, under a new publication number.
 * @param id id of the import, or its unambiguous beginning of eight characters at least
 * @throws HubError NOT_FOUND for an unknown import; CONFLICT when it is not published (any more) or when a later
 *   import touched the same rows
 */
export async function rollbackImport(
  feeds: ReadonlyMap<string, Undoable>,
  subgraph: string,
  id: string,
  run: { databaseUrl: string; log?(message: string): void },
): Promise<RollbackReport> {
  const { db, close } = await dedicated<ImportTables>(run.databaseUrl, subgraph, 'owner');
  try {
    await recoverStale(db);
    const undone = await findEntry(db, id);
    if (undone === null) throw new HubError('NOT_FOUND', `no import begins with ${id} (or several do)`);
    const feed = feeds.get(undone.feed);
    if (feed === undefined)
      throw new HubError('NOT_FOUND', `the feed ${undone.feed} does not exist any more`);
    await lockSession(db, scopeLock(subgraph, undone.feed, undone.scope), () =>
      run.log?.(`waiting for another import of ${undone.feed} (${undone.scope}) to finish`),
    );
    const rollbackId = randomUUID();
    await lockSession(db, aliveLock(rollbackId), () => undefined);
    const publication = await db
      .transaction()
      .execute((trx) => undo(trx, feed, undone, rollbackId))
      .catch((error: unknown) => {
        throw isReferenced(error)
          ? new HubError('CONFLICT', 'later data refers to rows that this import created')
          : error;
      });
    return { undone, rollbackId, publication };
  } finally {
    await close();
  }
}

async function undo(
  trx: ImportTransaction,
  feed: Undoable,
  undone: ImportEntry,
  rollbackId: string,
): Promise<string> {
  await lockTransaction(trx, publicationLock(feed.subgraph));
  // Read again under the lock: another rollback may have been faster.
  const entry = await findEntry(trx, undone.id);
  if (entry?.kind !== 'IMPORT' || entry.state !== 'PUBLISHED') {
    throw new HubError(
      'CONFLICT',
      `only a published import can be rolled back, this one is ${entry?.kind === 'ROLLBACK' ? 'itself a rollback' : entry?.state}`,
    );
  }
  const publication = await nextPublication(trx);
  await startEntry(trx, {
    id: rollbackId,
    kind: 'ROLLBACK',
    feed: entry.feed,
    scope: entry.scope,
    fileName: entry.file_name,
    sha256: entry.sha256,
    bytes: Number(entry.bytes),
    options: entry.options,
    source: entry.source,
    licence: entry.licence,
    publishedOn: entry.published_on,
  });
  if (feed.rollback !== undefined) {
    await feed.rollback(trx, { importId: entry.id, rollbackId, publication, options: entry.options });
  } else {
    await restoreEntities(trx, entry.id, feed.entities ?? []);
  }
  await finishEntry(trx, rollbackId, 'PUBLISHED', null, { publication });
  await sql`update import set state = 'ROLLED_BACK', rolled_back_by = ${rollbackId} where id = ${entry.id}`.execute(
    trx,
  );
  return publication;
}

/** A foreign key still points at a row to delete. */
const isReferenced = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === '23503' || error.code === '23001');
