import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { planOf } from '../fact/lead.ts';
import { isOverdue, today } from '../fact/mistakes.ts';
import type { Fact } from '../fact/sources.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import type { ActionRow } from '../tables.ts';
import { ActionStatusEnum, OwnerRoleEnum } from './enums.type.ts';

export const PlanAction = builder.objectRef<Fact<ActionRow>>('PlanAction').implement({
  description: 'One thing that is done for an action plan.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'ACT-<key>.' }),
    title: t.exposeString('title', { description: 'Its title.' }),
    description: t.exposeString('description', { nullable: true, description: 'What is to be done.' }),
    status: t.expose('status', { type: ActionStatusEnum, description: 'How far it is.' }),
    ownerRole: t.expose('owner_role', {
      type: OwnerRoleEnum,
      description: 'The role that answers for it; never a person.',
    }),
    ownerWords: t.exposeString('owner_words', {
      nullable: true,
      description: 'The role in words, such as « responsable d’accueil ».',
    }),
    dueOn: t.expose('due_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it is to be done.',
    }),
    doneOn: t.expose('done_on', { type: 'Date', nullable: true, description: 'Day on which it was done.' }),
    abandonedBecause: t.exposeString('abandoned_because', {
      nullable: true,
      description: 'Why it was given up.',
    }),
    progress: t.exposeInt('progress', { description: 'Per cent done, as last said.' }),
    overdue: t.boolean({
      description: 'Whether it was due before a day and not done by then; what is given up is not overdue.',
      args: { asOf: t.arg({ type: 'Date', description: 'The day; today when omitted.' }) },
      resolve: ({ status, due_on, done_on }, { asOf }) => isOverdue(status, due_on, done_on, asOf ?? today()),
    }),
    plan: t.field({
      type: ActionPlan,
      nullable: true,
      description: 'The plan that it is part of.',
      resolve: ({ plan_id, working }, _args, context) => planOf(context, plan_id, working),
    }),
  }),
});

export const PlanActionConnection = connectionType(builder, PageInfo, 'PlanAction', PlanAction);

/** What leads on to actions: from an agent's plan to those an agent sees. */
const actionsFor = ({ actions, working }: ImprovementContext, isWorking: boolean | undefined) =>
  isWorking ? working.actions : actions;

builder.objectField(ActionPlan, 'actions', (t) =>
  t.field({
    type: PlanActionConnection,
    nullable: true,
    description: 'Its actions, due last first; those that are kept inside left out for readers.',
    args: pageArguments(builder),
    resolve: ({ id, working }, page, context) =>
      actionsFor(context, working).pages('by plan_id', id, { ...page, filter: {} }),
  }),
);

builder.queryField('planAction', (t) =>
  t.field({
    type: PlanAction,
    nullable: true,
    description: 'A public action of a published plan, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { actions }) => actions.byId.load(id),
  }),
);
