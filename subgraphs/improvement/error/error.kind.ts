import { count, day, link, reference, words } from '../register/field.ts';
import { type EntryRow, partOfWhole, register } from '../register/kind.ts';

const FIELDS = {
  procedure_id: reference({
    graph: 'procedure',
    header: 'demarche',
    required: true,
    prefix: 'PROC',
    description: 'The procedure in which it is made.',
  }),
  error: words({
    graph: 'error',
    header: 'erreur',
    required: true,
    max: 500,
    description: 'What goes wrong, as users would say it.',
  }),
  consequence: words({
    graph: 'consequence',
    header: 'consequence',
    max: 1000,
    description: 'What follows from it for the user.',
  }),
  advice: words({
    graph: 'advice',
    header: 'conseil',
    required: true,
    max: 2000,
    description: 'The advice that avoids it (« conseil »).',
  }),
  link: link({ graph: 'link', header: 'lien', description: 'Where to read more.' }),
  rank: count({
    graph: 'rank',
    header: 'rang',
    min: 1,
    max: 1000,
    description: 'Its rank among the errors of the procedure, 1 the most frequent.',
  }),
  occurrences: count({
    graph: 'occurrences',
    header: 'dossiers_en_erreur',
    description: 'Cases in which it was made, of `cases`.',
  }),
  cases: count({ graph: 'cases', header: 'dossiers', min: 1, description: 'Cases that were looked at.' }),
  valid_since: day({
    graph: 'validSince',
    header: 'valable_depuis',
    past: true,
    description: 'Day since which the advice holds.',
  }),
  reviewed_on: day({
    graph: 'reviewedOn',
    header: 'relu_le',
    past: true,
    description: 'Day on which somebody last made sure that it still holds.',
  }),
  rules_changed_on: day({
    graph: 'rulesChangedOn',
    header: 'regles_modifiees_le',
    past: true,
    description: 'Day on which the rules last changed for users.',
  }),
} as const;

/** An entry; `review_by` is the day from which it is to be reviewed, null when nobody knows since when it holds. */
export type FrequentErrorRow = EntryRow<typeof FIELDS, { review_by: string | null }>;

/** Commitment 1: the errors that users make most, and the advice that avoids them, kept up when the rules change. */
export const FREQUENT_ERRORS = register<typeof FIELDS, { review_by: string | null }>(
  FIELDS,
  {
    type: 'FrequentError',
    names: { one: 'frequentError', many: 'frequentErrors' },
    noun: 'frequent error',
    description: 'An error that users often make in a procedure, and the advice that avoids it.',
    prefix: 'ERR',
    table: 'frequent_error',
    feed: {
      name: 'frequent-errors',
      description: 'Most frequent errors per procedure and the advice that avoids them: template (CSV)',
    },
    day: 'valid_since',
    searched: true,
    rule: (values) => partOfWhole(values, 'occurrences', 'cases'),
  },
  ['review_by'],
);
