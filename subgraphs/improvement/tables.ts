import type { AuditTable, IdempotencyTable } from '../../kernel/write/tables.ts';
import type { GovernanceDatabase } from './governance/tables.ts';

/**
 * Rows of the schema `improvement` as PostgreSQL gives them to readers: dates are ISO strings, jsonb parsed.
 * `tables.db.test.ts` compares them with the real columns.
 */
export interface ImprovementDatabase extends GovernanceDatabase {
  'improvement.published_action_plan': PlanRow;
  'improvement.published_self_diagnosis': DiagnosisRow;
  'improvement.published_label': LabelRow;
  'improvement.published_impact': ImpactRow;
  'improvement.published_action': ActionRow;
  'improvement.published_gap': GapRow;
  'improvement.audit': AuditTable;
  'improvement.idempotency': IdempotencyTable;
}

/** Whom a fact is about: a network and, where it is local, a structure, a site or a territory of it. */
export interface SubjectColumns {
  network_id: string;
  id: string;
  structure_id: string | null;
  site_id: string | null;
  territory_id: string | null;
  /** Counts the changes of the row. */
  version: number;
  publication: Publication;
}

/** Whether readers see it; a file says only whether it is public. */
export type Publication = 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN';

export type PlanStatus = 'PROPOSED' | 'PRIORITISED' | 'IN_PROGRESS' | 'DONE' | 'ABANDONED';

export interface PlanRow extends SubjectColumns {
  title: string;
  description: string | null;
  status: PlanStatus;
  commitment_ids: string[];
  starts_on: string | null;
  due_on: string | null;
  done_on: string | null;
  abandoned_because: string | null;
  parent_id: string | null;
  report_ids: string[];
  indicator_ids: string[];
}

export type ActionStatus = 'TO_DO' | 'IN_PROGRESS' | 'DONE' | 'ABANDONED';

export interface ActionRow extends SubjectColumns {
  plan_id: string;
  title: string;
  description: string | null;
  status: ActionStatus;
  owner_role: OwnerRole;
  owner_words: string | null;
  due_on: string | null;
  done_on: string | null;
  abandoned_because: string | null;
  /** Per cent. */
  progress: number;
}

/** Who answers for an action: a role, never a person. */
export type OwnerRole =
  | 'NATIONAL_CORRESPONDENT'
  | 'LOCAL_REFERENT'
  | 'SITE_MANAGER'
  | 'RECEPTION_LEAD'
  | 'PHONE_LEAD'
  | 'DIGITAL_LEAD'
  | 'QUALITY_LEAD'
  | 'COMMUNICATION_LEAD'
  | 'HR_LEAD'
  | 'OTHER';

export interface Finding {
  commitmentId: string;
  /** 0 to 100. */
  score: number | null;
  comment: string | null;
}

export interface DiagnosisRow extends SubjectColumns {
  made_on: string;
  findings: Finding[];
}

export type GapSeverity = 'MINOR' | 'MODERATE' | 'MAJOR';

export interface GapRow extends SubjectColumns {
  observed_on: string;
  diagnosis_id: string | null;
  indicator_id: string | null;
  commitment_id: string | null;
  period: string | null;
  /** Decimals, as given. */
  target: string | null;
  actual: string | null;
  severity: GapSeverity;
  cause: string | null;
  /** Where the values come from. */
  source: string | null;
  plan_id: string | null;
}

export type LabelLevel = 'BRONZE' | 'SILVER' | 'GOLD';

export interface LabelRow extends SubjectColumns {
  level: LabelLevel;
  granted_on: string;
  expires_on: string;
  withdrawn_on: string | null;
}

export interface ImpactRow extends SubjectColumns {
  title: string;
  story: string | null;
  before_text: string | null;
  after_text: string | null;
  published_on: string;
  plan_id: string | null;
}
