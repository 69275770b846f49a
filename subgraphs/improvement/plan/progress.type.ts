import { toNumber } from '../../../kernel/decimal.ts';
import { builder } from '../builder.ts';
import { today } from '../fact/mistakes.ts';
import { ActionPlan } from './plan.type.ts';
import type { ProgressRow } from './progress.query.ts';

const Progress = builder.objectRef<ProgressRow & { asOf: string }>('ActionPlanProgress').implement({
  description:
    'How far the actions of a plan are: the plain mean of their per cents, every action counting once, done ones 100, ' +
    'those given up left out. Readers are told of the public actions.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'Date', description: 'The day on which what is overdue is counted.' }),
    percent: t.float({
      nullable: true,
      description: 'The mean, rounded to two decimals; null for a plan without actions.',
      resolve: ({ value }) => toNumber(value),
    }),
    total: t.exposeInt('total', { description: 'Sum of the per cents, of which the mean is made.' }),
    actions: t.exposeInt('actions', { description: 'Actions that count.' }),
    done: t.exposeInt('done', { description: 'Of these, done.' }),
    overdue: t.exposeInt('overdue', { description: 'Of these, due before the day and not done by then.' }),
    abandoned: t.exposeInt('abandoned', { description: 'Actions given up, which do not count.' }),
  }),
});

const NOTHING = { actions: 0, done: 0, abandoned: 0, overdue: 0, total: 0, value: null };

builder.objectField(ActionPlan, 'progress', (t) =>
  t.field({
    type: Progress,
    nullable: true,
    description: 'How far its actions are.',
    args: { asOf: t.arg({ type: 'Date', description: 'Day to count what is overdue; today when omitted.' }) },
    resolve: async ({ id, working: isWorking }, { asOf }, { progress, working }) => {
      const day = asOf ?? today();
      const row = await (isWorking ? working.progress : progress)(day).load(id);
      return { ...NOTHING, plan_id: id, ...row, asOf: day };
    },
  }),
);
