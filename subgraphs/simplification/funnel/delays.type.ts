import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import type { Delay, DelayStep } from './funnel.ts';

const STEPS: Record<DelayStep, { description: string }> = {
  TRIAGE: { description: 'From receipt to examination.' },
  REWRITE: { description: 'From examination to the new text.' },
  TEST: { description: 'From the new text to its test with users.' },
  DISSEMINATION: { description: 'From the test to the dissemination.' },
};

const StepEnum = builder.enumType('SimplificationDelayStep', {
  description: 'Steps of a report that take time.',
  values: STEPS,
});

export const SimplificationDelay = builder.objectRef<Delay>('SimplificationDelay').implement({
  description: 'How long a step took the reports of which both days are known.',
  fields: (t) => ({
    step: t.expose('step', { type: StepEnum, description: 'The step.' }),
    reports: t.exposeInt('reports', { description: 'How many reports these are.' }),
    medianDays: t.float({
      nullable: true,
      description: 'Half of them took no more days; null without reports.',
      resolve: ({ median_days }) => toNumber(median_days),
    }),
    p90Days: t.float({
      nullable: true,
      description: 'Nine in ten of them took no more days; null without reports.',
      resolve: ({ p90_days }) => toNumber(p90_days),
    }),
  }),
});
