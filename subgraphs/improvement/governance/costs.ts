import type { CostTable } from '../../../kernel/graphql/costs.ts';

/** How long the lists of labels, conferences, ideas and governance are. */
export const GOVERNANCE_COSTS: CostTable = {
  'Label.audits': { size: 2 },
  'Label.surveys': { size: 3 },
  'LabelApplication.audits': { size: 2 },
  'LabelApplication.surveys': { size: 3 },
  // One of each college at most.
  'Conference.colleges': { size: 4 },
  'Conference.priorities': { size: 5 },
  'Idea.commitments': { size: 2 },
  'MajorAction.commitments': { size: 3 },
  'MajorAction.milestones': { size: 6 },
  'Decision.commitments': { size: 2 },
};
