import type { Generated } from 'kysely';

/** What the hub knows of files that users send; see the migration for what each column means. */
export interface FileTables {
  'simplification.file': FileTable;
  'simplification.erased_report': ErasedReportTable;
}

/** A file; its content is in the store, under its id. */
export interface FileTable {
  id: string;
  deposited_by: string;
  deposited_at: Generated<Date>;
  type: string | null;
  bytes: number | null;
  sha256: string | null;
  network_id: string | null;
  report_id: string | null;
  rank: number | null;
}

/** A report of which nothing that its reporter wrote may come back. */
export interface ErasedReportTable {
  report_id: string;
  erased_at: Generated<Date>;
}
