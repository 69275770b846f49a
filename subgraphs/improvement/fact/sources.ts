import type { DiagnosisRow, ImpactRow, LabelRow, PlanRow } from '../tables.ts';
import type { FactSource } from './fact.query.ts';

export const PLANS: FactSource<PlanRow> = {
  view: 'improvement.published_action_plan',
  columns: ['title', 'description', 'status', 'commitment_ids', 'starts_on', 'due_on', 'done_on'],
  day: 'starts_on',
};

export const DIAGNOSES: FactSource<DiagnosisRow> = {
  view: 'improvement.published_self_diagnosis',
  columns: ['made_on', 'findings'],
  day: 'made_on',
};

export const LABELS: FactSource<LabelRow> = {
  view: 'improvement.published_label',
  columns: ['level', 'granted_on', 'expires_on', 'withdrawn_on'],
  day: 'granted_on',
};

export const IMPACTS: FactSource<ImpactRow> = {
  view: 'improvement.published_impact',
  columns: ['title', 'story', 'before_text', 'after_text', 'published_on', 'plan_id'],
  day: 'published_on',
};
