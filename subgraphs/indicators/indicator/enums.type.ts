import { builder } from '../builder.ts';

export const FamilyEnum = builder.enumType('IndicatorFamily', {
  description: 'What an indicator is about.',
  values: {
    PERFORMANCE: { description: 'Rendered quality: measured on what the service does.' },
    SATISFACTION: { description: 'Perceived quality: what users answer.' },
  } as const,
});

export const UnitEnum = builder.enumType('Unit', {
  description: 'Unit of a value.',
  values: {
    PERCENT: { description: 'Percent, from 0 to 100.' },
    SCORE_10: { description: 'Score out of 10.' },
    POINTS: {
      description: 'Points: a share of favourable minus a share of unfavourable answers, −100 to 100.',
    },
    MINUTES: { description: 'Minutes.' },
    DAYS: { description: 'Days.' },
    COUNT: { description: 'A count.' },
  } as const,
});

export const DirectionEnum = builder.enumType('Direction', {
  description: 'Which values are better.',
  values: {
    HIGHER_IS_BETTER: { description: 'Greater values are better.' },
    LOWER_IS_BETTER: { description: 'Smaller values are better, as for a delay.' },
  } as const,
});

export const FrequencyEnum = builder.enumType('Frequency', {
  description: 'How often an indicator is published.',
  values: {
    ANNUAL: { description: 'Each year.' },
    HALF_YEARLY: { description: 'Each half-year.' },
    QUARTERLY: { description: 'Each quarter.' },
    MONTHLY: { description: 'Each month.' },
    IRREGULAR: { description: 'No declared frequency.' },
  } as const,
});

export const ComparabilityEnum = builder.enumType('Comparability', {
  description: "How far a network's own indicator compares with one of the common core, by a reviewed table.",
  values: {
    SAME_QUESTION: { description: 'Same question, same measure: networks compare.' },
    CLOSE: { description: 'Close: compares with caution.' },
    OWN: { description: 'On the same subject, in the network’s own way: does not compare.' },
  } as const,
});
