import type { Generated } from 'kysely';
import type { DocumentRow, ReportRow } from '../tables.ts';

/** Tables of reports and documents, as those who work on them see them. */
export interface ReportTables {
  'simplification.report': ReportTable;
  'simplification.document': DocumentTable;
}

/** A report with what readers do not see. What its reporter wrote is read in `submission/`. */
export interface ReportTable extends ReportRow {
  published: Generated<boolean>;
  /** Of its import; null once written in the hub. */
  import_id: string | null;
  import_row: number | null;
  /** Counted by the database with every change. */
  version: Generated<number>;
  decline_reason: string | null;
}

/** A document of the register, published or not. */
export interface DocumentTable extends DocumentRow {
  published: Generated<boolean>;
  withdrawn_on: string | null;
  import_id: string | null;
  import_row: number | null;
  version: Generated<number>;
}
