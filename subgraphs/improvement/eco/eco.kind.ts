import { type Choice, choice, day, figure, words } from '../register/field.ts';
import { bothOrNone, register } from '../register/kind.ts';

const KIND = {
  name: 'EcoMeasureKind',
  description: 'What a measure for the environment is about.',
  values: {
    ENERGY: { label: 'énergie', description: 'Energy.' },
    WATER: { label: 'eau', description: 'Water.' },
    WASTE: { label: 'déchets', description: 'Waste.' },
    PAPER: { label: 'papier', description: 'Paper and post.' },
    MOBILITY: { label: 'mobilité', description: 'Journeys of users and agents.' },
    PURCHASING: { label: 'achats', description: 'What is bought.' },
    DIGITAL: { label: 'numérique', description: 'Equipment, mails and online services.' },
    BIODIVERSITY: { label: 'biodiversité', description: 'Green spaces and biodiversity.' },
  },
} as const satisfies Choice;

const FIELDS = {
  kind: choice({
    graph: 'kind',
    header: 'nature',
    required: true,
    of: KIND,
    description: 'What it is about.',
  }),
  title: words({ graph: 'title', header: 'titre', required: true, max: 300, description: 'Its title.' }),
  description: words({
    graph: 'description',
    header: 'description',
    max: 2000,
    description: 'What was done.',
  }),
  since: day({ graph: 'since', header: 'depuis', past: true, description: 'First day.' }),
  effect: figure({
    graph: 'effect',
    header: 'effet',
    description: 'Its measured effect, in `effectUnit`: below zero for what there is less of.',
  }),
  effect_unit: words({
    graph: 'effectUnit',
    header: 'unite',
    max: 60,
    description: 'Unit of the effect: « kWh par an ».',
  }),
} as const;

/** Commitment 8: what sites do for the environment. */
export const ECO_MEASURES = register(FIELDS, {
  type: 'EcoMeasure',
  names: { one: 'ecoMeasure', many: 'ecoMeasures' },
  noun: 'eco-measure',
  description: 'What a site, a structure or a network does for the environment (commitment 8).',
  prefix: 'ECO',
  table: 'eco_measure',
  feed: { name: 'eco-measures', description: 'What sites do for the environment: template (CSV)' },
  day: 'since',
  rule: (values) => bothOrNone(values, 'effect', 'effect_unit'),
});
