import type { CostTable } from '../../kernel/graphql/costs.ts';
import { REWRITING } from './rewrite/costs.ts';

/** How long the lists of this subgraph are, and what is counted through every report of the selection. */
export const COSTS: CostTable = {
  ...REWRITING,
  ...Object.fromEntries(
    ['Query', 'Territory', 'Network'].map((subject) => [`${subject}.simplificationFunnel`, { weight: 50 }]),
  ),
  'CommitmentProof.simplification': { weight: 50 },
  'PreparedTestSession.invitations': { size: 50 },
  'SimplificationReport.attachments': { size: 5 },
  'TestSession.results': { size: 5 },
  // One for each département, age and ease that somebody said.
  'TesterPanel.profiles': { size: 300 },
};
