import { randomUUID } from 'node:crypto';
import { dedicated } from '../postgres/dedicated.ts';
import { currentEntry, finishEntry, type NewEntry, recoverStale, startEntry } from './entries.ts';
import type { Feed, FeedOptions, ImportTables } from './feed.ts';
import { type Inspection, inspect } from './inspect.ts';
import type { ImportEntry } from './journal.ts';
import { aliveLock, lockSession, scopeLock, watchConnection } from './locks.ts';
import { checkOptions } from './options.ts';
import { already, refused } from './outcome.ts';
import { FileProblem } from './problem.ts';
import { publish, type Session } from './publish.ts';
import type { ImportReport } from './report.ts';
import type { RunOptions } from './run-options.ts';
import { type ImportSource, openWorkspace, type Workspace } from './workspace.ts';

export type { RunOptions } from './run-options.ts';

/**
 * Imports one file: reads it into staging, checks it, and publishes it in one transaction.
 * A file that cannot be accepted gives a REFUSED report and changes nothing.
 * @throws whatever the feed's own SQL throws; the journal then says FAILED and nothing has changed
 */
export async function runImport(feed: Feed, source: ImportSource, run: RunOptions): Promise<ImportReport> {
  const started = performance.now();
  const partial = await attempt(feed, source, run);
  return { ...partial, seconds: (performance.now() - started) / 1000 };
}

async function attempt(feed: Feed, source: ImportSource, run: RunOptions): Promise<ImportReport> {
  let workspace: Workspace | null = null;
  try {
    const options = checkOptions(feed, run.options ?? {});
    workspace = await openWorkspace(source);
    const { path } = workspace;
    const file = await inspect(path, run.limits, (bytes, totalBytes) =>
      run.onProgress?.({ phase: 'inspect', rows: 0, bytes, totalBytes }),
    );
    return await connected(feed, file, workspace, { ...run, options });
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const fileName = workspace?.fileName ?? (typeof source === 'string' ? source : source.name);
    return refused(feed, fileName, error);
  } finally {
    await workspace?.remove();
  }
}

/** The part of a run that holds a connection: locks, journal, publication. */
async function connected(
  feed: Feed,
  file: Inspection,
  workspace: Workspace,
  run: RunOptions & { options: FeedOptions },
): Promise<ImportReport> {
  const { db, client, close } = await dedicated<ImportTables>(run.databaseUrl, feed.subgraph, 'owner');
  try {
    await watchConnection(db);
    const scope = feed.scope(run.options);
    await lockSession(db, scopeLock(feed.subgraph, feed.name, scope), () =>
      run.log?.(`waiting for another import of ${feed.name} (${scope}) to finish`),
    );
    await recoverStale(db, { feed: feed.name, scope });
    const current = await currentEntry(db, feed.name, scope);
    if (current !== null && !run.force && sameImport(current, file, run.options)) {
      return already(feed, workspace.fileName, current);
    }
    const entry: NewEntry = {
      id: randomUUID(),
      kind: 'IMPORT',
      feed: feed.name,
      scope,
      fileName: workspace.fileName,
      sha256: file.sha256,
      bytes: file.bytes,
      options: run.options,
      source: run.source ?? feed.source ?? null,
      licence: run.licence ?? feed.licence ?? null,
      publishedOn: run.publishedOn ?? null,
    };
    await lockSession(db, aliveLock(entry.id), () => undefined);
    // Visible at once, in a transaction of its own: others see what runs, and a restart finds what stopped.
    if (!run.dryRun) await startEntry(db, entry);
    const session: Session = { feed, file, spool: workspace.spool, db, client, entry, run };
    try {
      return await publish(session);
    } catch (error) {
      if (!run.dryRun) {
        const state = error instanceof FileProblem ? 'REFUSED' : 'FAILED';
        const reason = error instanceof Error ? error.message : String(error);
        // A lost connection cannot write this; the next run finds the entry stale.
        await finishEntry(db, entry.id, state, null, { reason }).catch(() => undefined);
      }
      throw error;
    }
  } finally {
    await close();
  }
}

const sameImport = (current: ImportEntry, file: Inspection, options: FeedOptions) =>
  current.sha256 === file.sha256 &&
  JSON.stringify(Object.entries(current.options).sort()) === JSON.stringify(Object.entries(options).sort());
