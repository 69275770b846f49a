import { type Choice, choice, count, day, period } from '../register/field.ts';
import { partOfWhole, register } from '../register/kind.ts';

export const THEME = {
  name: 'TrainingTheme',
  description: 'What agents in contact with users are trained to.',
  values: {
    BENEVOLENCE: { label: 'bienveillance', description: 'Benevolence (commitment 1).' },
    RIGHT_TO_ERROR: { label: "droit à l'erreur", description: 'The right to error (commitment 1).' },
    SUPPORT: { label: 'accompagnement', description: 'Support adapted to each situation (commitment 3).' },
    PLAIN_LANGUAGE: { label: 'langage clair', description: 'Plain language (commitment 5).' },
    ACCESSIBILITY: { label: 'accessibilité', description: 'Reception of people with disabilities.' },
    ECO_RESPONSIBILITY: { label: 'éco-responsabilité', description: 'The environment (commitment 8).' },
  },
} as const satisfies Choice;

export type TrainingTheme = keyof typeof THEME.values;

const FIELDS = {
  theme: choice({
    graph: 'theme',
    header: 'theme',
    required: true,
    of: THEME,
    description: 'What they are trained to.',
  }),
  period: period({
    graph: 'period',
    header: 'periode',
    required: true,
    description: 'The period at the end of which they were counted: 2025, 2025-S1, 2025-T3 or 2025-07.',
  }),
  agents: count({
    graph: 'agents',
    header: 'agents_en_contact',
    required: true,
    min: 1,
    // More than any network has.
    max: 2_000_000,
    description: 'Agents in contact with users.',
  }),
  trained: count({
    graph: 'trained',
    header: 'agents_formes',
    required: true,
    description: 'Those of them who are trained.',
  }),
  counted_on: day({
    graph: 'countedOn',
    header: 'arrete_le',
    past: true,
    description: 'Day of the count.',
  }),
} as const;

/** Commitment 1 and others: how many agents in contact with users are trained, counted by whoever employs them. */
export const TRAINING_COUNTS = register(FIELDS, {
  type: 'TrainingCount',
  names: { one: 'trainingCount', many: 'trainingCounts' },
  noun: 'count of trained agents',
  description: 'How many agents of a network, a structure or a site are trained to something.',
  prefix: 'TRAIN',
  table: 'training_count',
  feed: {
    name: 'training-counts',
    description: 'Agents in contact with users and those trained: template (CSV)',
  },
  day: 'counted_on',
  // Agents belong to a service: those of a territory would be those of its services a second time.
  territories: false,
  rule: (values) => partOfWhole(values, 'trained', 'agents'),
});
