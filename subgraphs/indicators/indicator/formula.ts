import type { Formula } from '../tables.ts';

const TEXT: Record<Formula, string> = {
  RATIO: '100 × numerator / denominator',
  MEAN: 'numerator / denominator',
  FAVOURABLE: '100 × (very favourable + favourable answers) / all answers',
  NET: '100 × (favourable − unfavourable answers) / all answers',
  SUM: 'sum of the counts of the parts',
};

/** How a value comes from its counts or answers, in words; null when the definition declares nothing. */
export const formulaText = (formula: Formula | null): string | null =>
  formula === null ? null : TEXT[formula];
