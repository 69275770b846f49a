import { runHub, type Usage } from './processes.ts';

/** Longest that one import may take, in seconds. */
const LONGEST = 180;

export interface CliImport extends Usage {
  rows: number;
  /** The import itself: reading, checking, merging, rolling up, publishing. */
  seconds: number;
  /** The whole command: starting Node, looking at the schemas, the import, refreshing what it touched. */
  wallSeconds: number;
}

/** Imports a file as `npm run hub -- import <feed> <file>` does, in a process of its own. */
export async function cliImport(
  databaseUrl: string,
  feed: string,
  file: string,
  folder: string,
  longest = LONGEST,
): Promise<CliImport> {
  const started = performance.now();
  const child = runHub(['import', feed, file, '--json', '--rejects-dir', folder], {
    DATABASE_URL: databaseUrl,
  });
  const usage = await child.finished(longest);
  const wallSeconds = (performance.now() - started) / 1000;
  const report = JSON.parse(child.output()) as {
    state: string;
    seconds: number;
    counts: { accepted: number; rejected: number };
  };
  if (report.state !== 'PUBLISHED' || report.counts.rejected > 0) {
    throw new Error(`The import of ${feed} was not clean: ${child.output()}`);
  }
  return { ...usage, rows: report.counts.accepted, seconds: report.seconds, wallSeconds };
}
