import type { GeneratedAlways } from 'kysely';
import type { DocumentKind, Problem } from '../tables.ts';

/** Tables of the texts before and after, and of their tests with users. */
export interface RewriteTables {
  'simplification.rewrite': RewriteTable;
  'simplification.user_test': UserTestTable;
  'simplification.published_before_after': BeforeAfterRow;
}

/** Who was consulted, by role and never by name. */
export type ExpertRole =
  | 'LEGAL'
  | 'BUSINESS_RULES'
  | 'PLAIN_LANGUAGE'
  | 'DESIGN'
  | 'FRONT_DESK'
  | 'USER_ASSOCIATION'
  | 'ACCESSIBILITY'
  | 'OTHER';

/** The four criteria of plain language, each 0 (not met) to 3 (met), before and after. */
export interface Scores {
  sentences_before: number;
  sentences_after: number;
  vocabulary_before: number;
  vocabulary_after: number;
  order_before: number;
  order_after: number;
  layout_before: number;
  layout_after: number;
}

export interface RewriteTable extends Scores {
  /** REWRITE-<key of the report>-<number> */
  id: GeneratedAlways<string>;
  network_id: string;
  report_id: string;
  number: number;
  before: string;
  after: string;
  written_on: string;
  experts: ExpertRole[];
  assessment: string | null;
  title: string | null;
  published_on: string | null;
  import_id: string | null;
  import_row: number | null;
}

export interface UserTestTable {
  id: string;
  network_id: string;
  report_id: string;
  rewrite: number;
  tested_on: string;
  testers: number;
  understood: number;
  completed: number;
  remarks: string | null;
  session_id: string | null;
  import_id: string | null;
  import_row: number | null;
}

/** A text before and after, as the gallery shows it. */
export interface BeforeAfterRow extends Scores {
  network_id: string;
  id: string;
  report_id: string;
  title: string;
  before: string;
  after: string;
  experts: ExpertRole[];
  written_on: string;
  published_on: string;
  document_id: string | null;
  structure_id: string | null;
  site_id: string | null;
  kind: DocumentKind;
  problems: Problem[];
  received_on: string;
  disseminated_on: string;
  /** Of all tests of this version. */
  testers: number;
  understood: number;
  completed: number;
}
