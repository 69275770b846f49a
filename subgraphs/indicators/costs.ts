import type { CostTable } from '../../kernel/graphql/costs.ts';

/**
 * How long the lists of this subgraph are, from the demonstration set and with room to grow, and what is computed
 * from many rows: a network is rolled up, ranked or counted whole.
 */
export const COSTS: CostTable = {
  'Query.compareNetworks': { size: 40 },
  // Every result of the selection is read and sorted.
  'Query.resultStats': { weight: 100 },
  'Query.surveyIntake': { size: 40, weight: 5 },

  'CommitmentProof.comparisons': { size: 10, weight: 10 },
  'CommitmentProof.figures': { size: 10, weight: 10 },
  'Comparison.evolution': { size: 8 },
  'Commitment.indicators': { size: 20 },
  'FigureExplanation.countedOn': { size: 2 },
  'FigureExplanation.sources': { size: 2 },
  'FigureExplanation.units': { weight: 20 },
  'Indicator.commitments': { size: 4 },
  'Indicator.series': { size: 12, weight: 5 },
  'Indicator.targets': { size: 5 },
  'Indicator.versions': { size: 3 },
  'Network.indicators': { size: 10 },
  'Site.comparisons': { size: 15, weight: 10 },
  'Site.results': { size: 40, weight: 5 },
  'Structure.comparisons': { size: 15, weight: 10 },
  'Structure.results': { size: 40, weight: 5 },
  'Territory.figures': { size: 40, weight: 10 },
  'Deciles.values': { size: 9 },
  'Peers.criteria': { size: 3 },
  'TerritorialEquality.byDensity': { size: 4 },
  'TerritorialEquality.bySetting': { size: 3 },
  'Transparency.byNetwork': { size: 30, weight: 5 },

  'Network.completeness': { weight: 100 },
  'Network.equality': { weight: 50 },
  'Network.figures': { weight: 20 },
  'Network.ranking': { weight: 50 },
};
