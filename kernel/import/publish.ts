import { type Kysely, sql } from 'kysely';
import type pg from 'pg';
import { pruneBefore } from './before.ts';
import { dropProblemRows, reportDuplicates } from './checks.ts';
import { type EntryCounts, finishEntry, type NewEntry, nextPublication, startEntry } from './entries.ts';
import type {
  Feed,
  FeedOptions,
  ImportContext,
  ImportTables,
  ImportTransaction,
  MergeReport,
} from './feed.ts';
import type { Inspection } from './inspect.ts';
import { lockTransaction, publicationLock } from './locks.ts';
import { openRecords } from './reader.ts';
import type { RecordReader } from './records.ts';
import { writeRejects } from './rejects.ts';
import { countRows, groupProblems, type ImportReport, nameAsInFile } from './report.ts';
import type { ImportProgress, RunOptions } from './run-options.ts';
import { createStaging, fillStaging, stagingColumns } from './staging.ts';

/** What one run works with. */
export interface Session {
  feed: Feed;
  file: Inspection;
  /** File where problems wait. */
  spool: string;
  db: Kysely<ImportTables>;
  client: pg.Client;
  entry: NewEntry;
  run: RunOptions & { options: FeedOptions };
}

/** Ends the transaction of a run that must leave nothing behind. */
class Undo extends Error {}

/** Reads the file into staging, then checks, merges, journals and publishes in one transaction. */
export async function publish(session: Session): Promise<ImportReport> {
  const { feed, db, client, spool } = session;
  const notices: string[] = [];
  let rows = 0;
  const tell = (phase: ImportProgress['phase'], bytes: number) =>
    session.run.onProgress?.({ phase, rows, bytes, totalBytes: session.file.bytes });
  await createStaging(db, feed.input);
  const reader = await openRecords(feed.input, session.file, (bytes) => tell('read', bytes));
  notices.push(...reader.notices);
  await fillStaging(client, feed.input, reader, spool, (read) => {
    rows = read;
  });
  tell('merge', session.file.bytes);
  let report: ImportReport | null = null;
  await db
    .transaction()
    .execute(async (trx) => {
      report = await inTransaction(session, trx, rows, notices, tell, reader.titles);
      if (report.state !== 'PUBLISHED') throw new Undo();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error;
    });
  return await concluded(session, report);
}

async function inTransaction(
  session: Session,
  trx: ImportTransaction,
  read: number,
  notices: string[],
  tell: (phase: ImportProgress['phase'], bytes: number) => void,
  titles: RecordReader['titles'],
): Promise<ImportReport> {
  const { feed, entry, run } = session;
  await lockTransaction(trx, publicationLock(feed.subgraph));
  const publication = await nextPublication(trx);
  // A dry run has its entry too, so that facts may reference it, and takes it back with the rest.
  if (run.dryRun) await startEntry(trx, entry);
  const context: ImportContext = {
    importId: entry.id,
    publication,
    options: entry.options,
    fileName: entry.fileName,
    source: entry.source,
    licence: entry.licence,
    publishedOn: entry.publishedOn,
    notice: (message) => notices.push(message),
  };
  // Sorts and hashes of a whole file, not of a page of results.
  await sql`set local work_mem = '64MB'`.execute(trx);
  // Plans need to know how many there are of what, not its histogram: a tenth of the sample costs a tenth.
  await sql`set local default_statistics_target = 10`.execute(trx);
  await sql`analyze import_row`.execute(trx);
  if (feed.duplicateKey) await reportDuplicates(trx, feed.duplicateKey, stagingColumns(feed.input));
  await feed.check?.(trx, context);
  await dropProblemRows(trx);
  let counts = await countRows(trx, feed.input, read);
  let merge: MergeReport | null = null;
  const stops = () => counts.rejected > 0 && (!run.acceptRejects || counts.accepted === 0);
  if (!stops()) {
    merge = await feed.merge(trx, context);
    await pruneBefore(trx, entry.id, feed.entities ?? []);
    // A merge may reject rows too, when only writing them shows what is wrong.
    counts = await countRows(trx, feed.input, read);
    if (stops()) merge = null;
  }
  const kept = merge !== null && !run.dryRun;
  await nameAsInFile(trx, titles());
  const problems = await groupProblems(trx);
  const rejectsFile = await rejects(session, trx, counts.rejected + counts.quarantined, tell);
  if (kept) await finishEntry(trx, entry.id, 'PUBLISHED', counts, { publication });
  return {
    state: merge === null ? 'REFUSED' : run.dryRun ? 'DRY_RUN' : 'PUBLISHED',
    feed: feed.name,
    fileName: entry.fileName,
    importId: run.dryRun ? null : entry.id,
    publication: kept ? publication : null,
    counts,
    merge,
    problems,
    notices,
    refusal: merge === null ? refusalOf(counts, run) : null,
    rejectsFile,
    importedAt: null,
    seconds: 0,
  };
}

/** Why nothing was published: rows are rejected, or, where the operator accepts that, no other row is left. */
function refusalOf(
  { rejected, accepted }: EntryCounts,
  { acceptRejects }: RunOptions,
): ImportReport['refusal'] {
  const rows = rejected === 1 ? '1 row is' : `${rejected} rows are`;
  return acceptRejects && accepted === 0
    ? { code: 'NO_GOOD_ROW', message: `${rows} rejected and no good row is left to publish`, line: null }
    : { code: 'REJECTED_ROWS', message: `${rows} rejected`, line: null };
}

/** Writes the rejects file when there is something to write and a folder for it. */
async function rejects(
  { feed, file, entry, run }: Session,
  trx: ImportTransaction,
  rows: number,
  tell: (phase: ImportProgress['phase'], bytes: number) => void,
): Promise<string | null> {
  if (rows === 0 || run.rejectsDir === undefined) return null;
  const reader = await openRecords(feed.input, file, (bytes) => tell('rejects', bytes));
  return writeRejects(trx, reader, run.rejectsDir, entry.fileName);
}

/** The journal keeps a refusal, outside the transaction that was undone. */
async function concluded({ db, entry, run }: Session, report: ImportReport | null): Promise<ImportReport> {
  if (report === null) throw new Error('The transaction ended without a report.');
  if (report.state === 'REFUSED' && !run.dryRun) {
    await finishEntry(db, entry.id, 'REFUSED', report.counts, { reason: report.refusal?.message ?? '' });
  }
  return report;
}
