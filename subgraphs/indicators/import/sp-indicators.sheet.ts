import { code, date, oneOf, text } from '../../../kernel/import/columns.ts';
import { rejected } from '../../../kernel/import/problem.ts';
import { sheet } from '../../../kernel/import/sheet.ts';

/** Units as sources write them. */
const UNITS = {
  '%': 'PERCENT',
  pourcentage: 'PERCENT',
  pourcent: 'PERCENT',
  'pour cent': 'PERCENT',
  taux: 'PERCENT',
  '/10': 'SCORE_10',
  'sur 10': 'SCORE_10',
  'note sur 10': 'SCORE_10',
  note: 'SCORE_10',
  points: 'POINTS',
  point: 'POINTS',
  minutes: 'MINUTES',
  minute: 'MINUTES',
  min: 'MINUTES',
  jours: 'DAYS',
  jour: 'DAYS',
  nombre: 'COUNT',
  unité: 'COUNT',
};

/**
 * Open-data export of the networks' indicators (about 345). It holds no code, question, direction nor
 * frequency: those columns are ours, and optional.
 */
export const spIndicatorsSheet = sheet({
  columns: {
    network: text({ header: ['reseau', 'intitule_du_reseau'], required: true, max: 300 }),
    code: code({
      header: ['code_sp_de_l_indicateur', 'code_sp_indicateur', 'code'],
      pattern: /(?:IND-)?[\w.-]{1,60}/,
      expected: 'a code such as IND-27',
    }),
    title: text({
      header: ['intitule_original_de_l_indicateur', 'titre_original_de_l_indicateur'],
      required: true,
      max: 500,
    }),
    user_title: text({ header: 'intitule_usager_de_l_indicateur', max: 500 }),
    question: text({ header: 'question', max: 1000 }),
    family: oneOf({
      header: ['type_d_indicateur', 'famille'],
      required: true,
      labels: {
        satisfaction: 'SATISFACTION',
        'indicateur de satisfaction': 'SATISFACTION',
        'qualité perçue': 'SATISFACTION',
        performance: 'PERFORMANCE',
        'indicateur de performance': 'PERFORMANCE',
        'qualité rendue': 'PERFORMANCE',
      },
    }),
    methods: text({ header: 'sources_et_methodes' }),
    // « % » folds to nothing, as any sign does: a label must be matched as it is.
    unit_type: text({ header: 'type_d_unite', max: 60 }),
    unit: text({ header: ['unite', 'unité'], max: 60 }),
    direction: oneOf({
      header: 'sens',
      labels: {
        hausse: 'HIGHER_IS_BETTER',
        'à la hausse': 'HIGHER_IS_BETTER',
        baisse: 'LOWER_IS_BETTER',
        'à la baisse': 'LOWER_IS_BETTER',
      },
    }),
    frequency: oneOf({
      header: ['frequence', 'fréquence'],
      labels: {
        annuelle: 'ANNUAL',
        annuel: 'ANNUAL',
        semestrielle: 'HALF_YEARLY',
        semestriel: 'HALF_YEARLY',
        trimestrielle: 'QUARTERLY',
        trimestriel: 'QUARTERLY',
        mensuelle: 'MONTHLY',
        mensuel: 'MONTHLY',
        irrégulière: 'IRREGULAR',
      },
    }),
    formula: oneOf({
      header: 'formule',
      labels: { RATIO: 'RATIO', MEAN: 'MEAN', FAVOURABLE: 'FAVOURABLE', NET: 'NET', SUM: 'SUM' },
    }),
    valid_from: date({ header: ['valable_depuis', 'date_de_debut'] }),
  },
  rule: ({ unit, unit_type }) =>
    unitOf(unit) === null && unitOf(unit_type) === null
      ? [
          rejected(
            'unite',
            'NOT_ALLOWED',
            `expected one of: ${Object.keys(UNITS).join(', ')}`,
            unit ?? unit_type,
          ),
        ]
      : [],
});

/** The unit that a label names, or null. */
export function unitOf(label: string | null): string | null {
  const key = label?.toLowerCase().replace(/\s+/g, ' ').trim();
  return Object.entries(UNITS).find(([known]) => known === key)?.[1] ?? null;
}

/** Labels and units, for SQL. */
export const UNIT_LABELS: readonly (readonly [string, string])[] = Object.entries(UNITS);
