import type { CostTable } from '../../kernel/graphql/costs.ts';

/** How long the lists of this subgraph are; those of subjects have `first`. */
export const COSTS: CostTable = {
  'ActionPlan.commitments': { size: 4 },
  // One finding for each of the commitments, eight or nine of them.
  'SelfDiagnosis.findings': { size: 9 },
};
