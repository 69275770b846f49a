import type { Scores } from './tables.ts';

/**
 * The four criteria of plain language (« langage clair »), which the programme gives for commitment 5: short and
 * simple sentences, words fit for the reader, a logical order, a layout that helps.
 */
export const CRITERIA = {
  SENTENCES: 'Short and simple sentences.',
  VOCABULARY: 'Words fit for the reader.',
  ORDER: 'Information in a logical order.',
  LAYOUT: 'A layout that helps to understand.',
} as const;

export type Criterion = keyof typeof CRITERIA;

/** How one criterion is met, before and after: 0 not met, 1 hardly, 2 mostly, 3 met. */
export interface Scored {
  criterion: Criterion;
  before: number;
  after: number;
}

export const criteria = Object.keys(CRITERIA) as Criterion[];

/** The scores of a text, in the order of the criteria. */
export const scoredOf = (row: Scores): Scored[] =>
  criteria.map((criterion) => ({
    criterion,
    before: row[`${lower(criterion)}_before`],
    after: row[`${lower(criterion)}_after`],
  }));

/** The columns of scores, one for each criterion; what is missing or there twice is not for here (see `save.ts`). */
export function columnsOf(scored: readonly Scored[]): Scores {
  const of = (wanted: Criterion, when: 'before' | 'after') =>
    scored.find(({ criterion }) => criterion === wanted)?.[when] ?? 0;
  return {
    sentences_before: of('SENTENCES', 'before'),
    sentences_after: of('SENTENCES', 'after'),
    vocabulary_before: of('VOCABULARY', 'before'),
    vocabulary_after: of('VOCABULARY', 'after'),
    order_before: of('ORDER', 'before'),
    order_after: of('ORDER', 'after'),
    layout_before: of('LAYOUT', 'before'),
    layout_after: of('LAYOUT', 'after'),
  };
}

const lower = (criterion: Criterion) => criterion.toLowerCase() as Lowercase<Criterion>;
