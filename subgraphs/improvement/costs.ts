import type { CostTable } from '../../kernel/graphql/costs.ts';
import { GOVERNANCE_COSTS } from './governance/costs.ts';
import { REGISTER_COSTS } from './register/costs.ts';

/** How long the lists of this subgraph are; those of subjects have `first`. */
export const COSTS: CostTable = {
  ...GOVERNANCE_COSTS,
  'ActionPlan.commitments': { size: 4 },
  'ActionPlan.reports': { size: 5 },
  'ActionPlan.indicators': { size: 3 },
  'CommitmentProof.selfDiagnosis': { weight: 20 },
  'CommitmentProof.training': { size: 5, weight: 20 },
  // Every service of the network is looked at.
  'Network.selfDiagnosisDuty': { weight: 50 },
  'Query.selfDiagnosesOverdue': { weight: 50 },
  // One finding for each of the commitments, eight or nine of them.
  'SelfDiagnosis.findings': { size: 9 },
  ...REGISTER_COSTS,
};
