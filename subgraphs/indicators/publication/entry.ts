import { createHash, randomUUID } from 'node:crypto';
import { type QueryExecutorProvider, sql } from 'kysely';
import { finishEntry, nextPublication, startEntry } from '../../../kernel/import/entries.ts';
import type { FeedOptions } from '../../../kernel/import/feed.ts';
import { lockTransaction, publicationLock } from '../../../kernel/import/locks.ts';
import type { Publishing } from './publish.ts';

/** What a command publishes, as the journal tells it: its provenance. */
export interface Entry {
  feed: string;
  network: string;
  /** In place of a file name; readers see it. */
  name: string;
  /** What was sent, of which the journal keeps the checksum. */
  content: unknown;
  options: FeedOptions;
  /** How many results or definitions it is about. */
  rows: number;
}

/** Publications take turns, imports and commands alike: take it before reading what is to be changed. */
export const lockPublications = (trx: QueryExecutorProvider) =>
  lockTransaction(trx, publicationLock('indicators'));

/**
 * Publishes within the transaction of a command, which holds the lock of publications: an entry of the journal
 * whose source is the network, then the work under its number.
 */
export async function publishAs<T>(
  trx: QueryExecutorProvider,
  { feed, network, name, content, options, rows }: Entry,
  work: (publishing: Publishing) => Promise<T>,
): Promise<Publishing & { answer: T }> {
  const publication = await nextPublication(trx);
  const text = JSON.stringify(content);
  const today = await sql<{ today: string; source: string | null }>`
    select current_date as today, (select n.name from directory.network n where n.id = ${network}) as source
  `.execute(trx);
  const importId = randomUUID();
  await startEntry(trx, {
    id: importId,
    kind: 'IMPORT',
    feed,
    scope: network,
    fileName: name,
    // Salted: readers of the journal could find a withheld value again by hashing all that it may be.
    sha256: createHash('sha256').update(randomUUID()).update(text).digest('hex'),
    bytes: Buffer.byteLength(text),
    options,
    source: today.rows[0]?.source ?? null,
    licence: null,
    publishedOn: today.rows[0]?.today ?? null,
  });
  const answer = await work({ importId, publication });
  const counts = { read: rows, accepted: rows, rejected: 0, quarantined: 0, notices: 0 };
  await finishEntry(trx, importId, 'PUBLISHED', counts, { publication });
  return { importId, publication, answer };
}
