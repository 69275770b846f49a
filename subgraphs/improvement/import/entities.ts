import type { Entity } from '../../../kernel/import/before.ts';

const KEY = ['network_id', 'id'];

/** Tables that the feeds change in place, as the journal knows them. */
export const selfDiagnosis: Entity = {
  name: 'self_diagnosis',
  table: 'improvement.self_diagnosis',
  key: KEY,
};
export const actionPlan: Entity = { name: 'action_plan', table: 'improvement.action_plan', key: KEY };
export const label: Entity = { name: 'label', table: 'improvement.label', key: KEY };
export const impact: Entity = { name: 'impact', table: 'improvement.impact', key: KEY };
export const action: Entity = { name: 'action', table: 'improvement.action', key: KEY };
export const gap: Entity = { name: 'gap', table: 'improvement.gap', key: KEY };
