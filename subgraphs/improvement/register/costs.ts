import type { CostTable } from '../../../kernel/graphql/costs.ts';

/** Adding up the counts of a place looks at all of a network, and at every unit of the place. */
const COVERAGE = { size: 6, weight: 20 };

/** How long the lists of registers are that have no `first`, and what costs more than reading by key. */
export const REGISTER_COSTS: CostTable = {
  'GoodPractice.commitments': { size: 4 },
  'GoodPracticeFilter.search': { weight: 2 },
  'Query.errorAdvice(search:)': { weight: 2 },
  'Query.trainingCoverage': COVERAGE,
  'Territory.trainingCoverage': COVERAGE,
  'Network.trainingCoverage': COVERAGE,
  'Structure.trainingCoverage': COVERAGE,
  'Site.trainingCoverage': COVERAGE,
};
