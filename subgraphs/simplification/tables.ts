import type { AuditTable, IdempotencyTable } from '../../kernel/write/tables.ts';
import type { FileTables } from './file/tables.ts';
import type { PanelTables } from './panel/tables.ts';
import type { ReportTables } from './report/tables.ts';
import type { RewriteTables } from './rewrite/tables.ts';
import type { SessionTables } from './session/tables.ts';

/**
 * Rows of the schema `simplification` as PostgreSQL gives them to readers: dates are ISO strings.
 * `tables.db.test.ts` compares them with the real columns.
 */
export interface SimplificationDatabase
  extends FileTables,
    ReportTables,
    RewriteTables,
    PanelTables,
    SessionTables {
  'simplification.published_document': DocumentRow;
  'simplification.published_report': ReportRow;
  'simplification.audit': AuditTable;
  'simplification.idempotency': IdempotencyTable;
}

export type DocumentKind = 'LETTER' | 'EMAIL' | 'FORM' | 'WEB_PAGE';

export type Problem =
  | 'JARGON'
  | 'TOO_DENSE'
  | 'REFUSAL_UNCLEAR'
  | 'TOO_LONG'
  | 'ACRONYMS'
  | 'LAYOUT'
  | 'ORDER'
  | 'OTHER';

export type ReportStatus =
  | 'RECEIVED'
  | 'TRIAGED'
  | 'IN_REWRITE'
  | 'USER_TESTED'
  | 'DISSEMINATED'
  | 'DECLINED';

/** A document of the register of the administrations. */
export interface DocumentRow {
  network_id: string;
  id: string;
  title: string;
  kind: DocumentKind;
  reference: string | null;
  url: string | null;
}

/** A published report: no comment, no file, no reporter. */
export interface ReportRow {
  network_id: string;
  id: string;
  document_id: string | null;
  structure_id: string | null;
  site_id: string | null;
  kind: DocumentKind;
  reported_by: 'USER' | 'AGENT';
  problems: Problem[];
  status: ReportStatus;
  received_on: string;
  triaged_on: string | null;
  rewritten_on: string | null;
  tested_on: string | null;
  disseminated_on: string | null;
  declined_on: string | null;
}
