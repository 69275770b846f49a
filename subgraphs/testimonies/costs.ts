import type { CostTable } from '../../kernel/graphql/costs.ts';

/** The objects whose testimonies are counted. */
const SUBJECTS = ['Query', 'Territory', 'Network', 'Structure', 'Site'];

/** Groups go through every testimony of the selection; words are looked for in every text. */
const GROUPS = 50;

/** How long the lists of this subgraph are, and what asks more of the database than rows by their key. */
export const COSTS: CostTable = {
  ...Object.fromEntries(
    SUBJECTS.flatMap((subject) => [
      [`${subject}.testimonyStats`, { size: 50, weight: GROUPS }],
      [`${subject}.replyDelays`, { size: 30, weight: GROUPS }],
      // Each facet is a breakdown of its own.
      [`${subject}.testimonyFacets`, { size: 6, weight: 4 * GROUPS }],
    ]),
  ),
  'ReplyDelays.keys': { size: 2 },
  'TestimonyGroup.keys': { size: 2 },
  'TestimonyFacet.values': { size: 10 },
  'TestimonyHighlights.title': { size: 3 },
  'TestimonyHighlights.body': { size: 9 },
  'TestimonyHighlights.extract': { size: 5 },
  // Every word of months of testimonies is counted.
  'Query.weakSignals': { weight: 10 * GROUPS },
  'WeakSignals.signals': { size: 20 },
  'ModeratedTestimony.possibleSteps': { size: 3 },
  // Every text of the page is gone through.
  'ModeratedTestimony.hints': { size: 10 },
  'ModeratedTestimony.tags': { size: 5 },
  'ModeratedTestimony.concerns': { size: 3 },
  'Testimony.actions': { size: 2 },
  'Testimony.plans': { size: 2 },
  'Testimony.impacts': { size: 2 },
  'ReplyTask.steps': { size: 2 },
  // Goes through all that is owed.
  ...Object.fromEntries(
    ['Network', 'Structure', 'Site'].map((subject) => [`${subject}.backlogSummary`, { weight: 20 }]),
  ),
  // One to three structures, by the rules of the source.
  'Testimony.concerns': { size: 3 },
  'Testimony.procedures': { size: 3 },
  'Testimony.tags': { size: 5 },
  'TestimonyFilter.search': { weight: 50 },
};
