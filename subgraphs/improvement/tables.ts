/**
 * Rows of the schema `improvement` as PostgreSQL gives them to readers: dates are ISO strings, jsonb parsed.
 * `tables.db.test.ts` compares them with the real columns.
 */
export interface ImprovementDatabase {
  'improvement.published_action_plan': PlanRow;
  'improvement.published_self_diagnosis': DiagnosisRow;
  'improvement.published_label': LabelRow;
  'improvement.published_impact': ImpactRow;
}

/** Whom a fact is about: a network and, where it is local, a structure, a site or a territory of it. */
export interface SubjectColumns {
  network_id: string;
  id: string;
  structure_id: string | null;
  site_id: string | null;
  territory_id: string | null;
}

export type PlanStatus = 'PROPOSED' | 'PRIORITISED' | 'IN_PROGRESS' | 'DONE' | 'ABANDONED';

export interface PlanRow extends SubjectColumns {
  title: string;
  description: string | null;
  status: PlanStatus;
  commitment_ids: string[];
  starts_on: string | null;
  due_on: string | null;
  done_on: string | null;
}

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
