import type { CostTable } from '../../kernel/graphql/costs.ts';

/**
 * How long the lists of this subgraph are, from its data and with room to grow, and what asks more of the database
 * than rows by their key: words and distances are looked for among all rows.
 */
export const COSTS: CostTable = {
  'Query.commitments': { size: 20 },
  'Query.commitmentScorecard': { size: 9 },
  'Query.ministries': { size: 15 },
  'Query.networks': { size: 40 },
  'Query.nodes': { size: 100 },
  'Query.pivots': { size: 150 },

  'Commitment.correspondences': { size: 2 },
  'Commitment.correspondsTo': { size: 2 },
  'Commitment.wordings': { size: 40 },

  'Ministry.networks': { size: 8 },
  'Network.commitments': { size: 17 },
  'Network.pivots': { size: 9 },
  'Network.predecessors': { size: 2 },
  'Network.typologies': { size: 5 },

  'SiteAccess.bySetting': { size: 3 },
  'SiteAccess.byDensity': { size: 4 },

  'Structure.ancestors': { size: 4 },
  'Structure.children': { size: 20 },
  'Structure.sites': { size: 40 },

  'Territory.ancestors': { size: 4 },
  'Territory.mergedFrom': { size: 10 },

  'Site.displays': { size: 8 },
  'Site.emails': { size: 3 },
  'Site.mediators': { size: 3 },
  'Site.openingHours': { size: 10 },
  'Site.phones': { size: 3 },
  'Site.serves': { size: 20, weight: 20 },
  'Site.structures': { size: 2 },
  'Site.support': { size: 5 },
  'Site.websites': { size: 3 },

  // Sites are counted one by one, up to those of the whole country.
  'CommitmentProof.contactDuty': { weight: 100 },
  'CommitmentProof.displays': { weight: 20 },
  'ContactDuty.items': { size: 13 },

  'Procedure.announcedDelays': { size: 10 },

  'Network.procedures(search:)': { weight: 100 },
  'Network.structures(search:)': { weight: 100 },
  'Query.networks(search:)': { weight: 20 },
  'Query.procedures(search:)': { weight: 100 },
  'Query.structures(search:)': { weight: 100 },
  'Query.territories(search:)': { weight: 100 },
  'Query.sites(near:)': { weight: 50 },
  'SiteFilter.relation': { weight: 100 },
  'SiteFilter.search': { weight: 100 },
};
