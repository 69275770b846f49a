import type { CostTable } from '../../kernel/graphql/costs.ts';

/** What is counted through every report of the selection. */
export const COSTS: CostTable = Object.fromEntries(
  ['Query', 'Territory', 'Network'].map((subject) => [`${subject}.simplificationFunnel`, { weight: 50 }]),
);
