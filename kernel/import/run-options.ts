import type { FeedOptions } from './feed.ts';
import type { FileLimits } from './gzip.ts';

export interface ImportProgress {
  /** `inspect` and `read` go through the file; `merge` is the transaction; `rejects` writes the rejects file. */
  phase: 'inspect' | 'read' | 'merge' | 'rejects';
  /** Records read so far. */
  rows: number;
  /** Bytes of the file read so far in this phase. */
  bytes: number;
  totalBytes: number;
}

export interface RunOptions {
  databaseUrl: string;
  /** Options of the feed (period, network…). */
  options?: FeedOptions;
  /** Does everything, shows the same report, then rolls back. */
  dryRun?: boolean;
  /** Publishes the good rows of a file that has rejected ones. */
  acceptRejects?: boolean;
  /** Imports again a file that is already published. */
  force?: boolean;
  source?: string;
  licence?: string;
  /** Day on which the source published the file, YYYY-MM-DD. */
  publishedOn?: string;
  /** Folder of the rejects file; none is written without it. */
  rejectsDir?: string;
  limits?: Partial<FileLimits>;
  onProgress?(progress: ImportProgress): void;
  /** Lines for the operator (« waiting for… »). */
  log?(message: string): void;
}
