import { internal } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import { indicatorOf } from '../figure/figure.type.ts';
import { Indicator } from '../indicator/indicator.type.ts';
import type { Waiting } from './intake.query.ts';

const SurveyIntake = builder.objectRef<Waiting>('SurveyIntake').implement({
  ...internal('drafts:write'),
  description:
    'Answers to one question that were taken in and wait, of one period: in numbers only, neither where nor what was answered.',
  fields: (t) => ({
    indicator: t.field({
      type: Indicator,
      description: 'The indicator that the question stands for: of a rate and its net rate, the rate.',
      resolve: ({ question_id }, _args, { loaders }) => indicatorOf(question_id, loaders),
    }),
    period: t.exposeString('period', {
      description: 'Period of that indicator: 2023, 2023-S1, 2023-T3 or 2023-07.',
    }),
    waiting: t.exposeInt('waiting', { description: 'Answers that wait.' }),
    firstDay: t.expose('first_day', { type: 'Date', description: 'Day of the first of them.' }),
    lastDay: t.expose('last_day', { type: 'Date', description: 'Day of the last of them.' }),
  }),
});

builder.queryFields((t) => ({
  surveyIntake: t.field({
    type: [SurveyIntake],
    nullable: true,
    ...internal('drafts:write'),
    description:
      'Answers to surveys that wait to be published, by question and period; none of a network that is unknown or another.',
    args: { network: t.arg.id({ required: true, description: 'Id of the network.' }) },
    resolve: (_root, { network }, { surveyIntake }) => surveyIntake(network),
  }),
}));
