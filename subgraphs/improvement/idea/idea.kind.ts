import type { FactKind } from '../fact/sources.ts';
import type { IdeaRow } from '../governance/tables.ts';

/** Ideas as everybody reads them; `reason` is for those who work on them. */
export const IDEAS: FactKind<IdeaRow> = {
  table: 'idea',
  columns: ['title', 'description', 'commitment_ids', 'proposed_on', 'state', 'plan_id', 'done_on'],
  day: 'proposed_on',
  read: 'published',
  prefix: 'IDEA',
  noun: 'idea',
  audited: ['state', 'proposed_on', 'plan_id', 'done_on', 'commitment_ids'],
};
