import type { EntryCounts } from './entries.ts';
import type { Feed } from './feed.ts';
import type { ImportEntry } from './journal.ts';
import type { FileProblem } from './problem.ts';
import type { ImportReport } from './report.ts';

const NOTHING: EntryCounts = { read: 0, accepted: 0, rejected: 0, quarantined: 0, notices: 0 };

const blank = (feed: Feed, fileName: string) => ({
  feed: feed.name,
  fileName,
  importId: null,
  publication: null,
  counts: NOTHING,
  problems: [],
  notices: [],
  merge: null,
  refusal: null,
  rejectsFile: null,
  importedAt: null,
  seconds: 0,
});

/** A file that cannot be read at all. */
export const refused = (
  feed: Feed,
  fileName: string,
  { code, message, line }: FileProblem,
): ImportReport => ({
  ...blank(feed, fileName),
  state: 'REFUSED',
  refusal: { code, message, line },
});

/** A file that is published and still current. */
export const already = (feed: Feed, fileName: string, entry: ImportEntry): ImportReport => ({
  ...blank(feed, fileName),
  state: 'ALREADY_IMPORTED',
  importId: entry.id,
  publication: entry.publication,
  importedAt: entry.finished_at,
});
