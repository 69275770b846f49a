import type { CostTable } from '../../../kernel/graphql/costs.ts';

/** What reports, their texts, the register and the gallery cost; a text of some thousand characters is read word by word. */
export const REWRITING: CostTable = {
  'Query.readability': { weight: 20 },
  'Query.simplificationStats': { size: 50, weight: 50 },
  'SimplificationGroup.keys': { size: 2 },
  'SimplificationGroup.delays': { size: 4 },
  'SimplificationFunnel.delays': { size: 4 },
  'SimplificationReport.possibleSteps': { size: 3 },
  'SimplificationReport.rewrites': { size: 3 },
  'Rewrite.criteria': { size: 4 },
  'Rewrite.experts': { size: 4 },
  'Rewrite.tests': { size: 3 },
  'Rewrite.readabilityBefore': { weight: 2 },
  'Rewrite.readabilityAfter': { weight: 2 },
  'BeforeAfter.problems': { size: 2 },
  'BeforeAfter.criteria': { size: 4 },
  'BeforeAfter.experts': { size: 4 },
  'BeforeAfter.readabilityBefore': { weight: 2 },
  'BeforeAfter.readabilityAfter': { weight: 2 },
  'AdministrativeDocument.possibleSteps': { size: 1 },
  'AdministrativeDocumentFilter.minReports': { weight: 20 },
};
