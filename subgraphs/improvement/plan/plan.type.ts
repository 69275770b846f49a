import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { ImprovementContext } from '../context.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { planOf } from '../fact/lead.ts';
import { isOverdue, today } from '../fact/mistakes.ts';
import type { Fact } from '../fact/sources.ts';
import { Commitment, Indicator, SimplificationReport, SUBJECTS } from '../subject/stubs.type.ts';
import type { PlanRow } from '../tables.ts';

export const PlanStatusEnum = builder.enumType('ActionPlanStatus', {
  description: 'How far an action plan is.',
  values: {
    PROPOSED: { description: 'Proposed.' },
    PRIORITISED: { description: 'Chosen as a priority.' },
    IN_PROGRESS: { description: 'Under way.' },
    DONE: { description: 'Done.' },
    ABANDONED: { description: 'Given up.' },
  },
});

export const ActionPlan = builder.objectRef<Fact<PlanRow>>('ActionPlan').implement({
  description: 'What a service does to keep its commitments better.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<ImprovementContext>(({ id, ref }, { plans }) => plans.byId.load(String(id ?? ref))),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'PLAN-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    description: t.exposeString('description', { nullable: true, description: 'What is to be done.' }),
    status: t.expose('status', { type: PlanStatusEnum, description: 'How far it is.' }),
    commitments: t.field({
      type: t.listRef(Commitment, { nullable: true }),
      description: 'The commitments that it serves.',
      resolve: ({ commitment_ids }) => commitment_ids.map((id) => ({ id })),
    }),
    startsOn: t.expose('starts_on', { type: 'Date', nullable: true, description: 'First day.' }),
    dueOn: t.expose('due_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it is to be done.',
    }),
    doneOn: t.expose('done_on', { type: 'Date', nullable: true, description: 'Day on which it was done.' }),
    abandonedBecause: t.exposeString('abandoned_because', {
      nullable: true,
      description: 'Why it was given up, where the hub was told.',
    }),
    overdue: t.boolean({
      description: 'Whether it was due before a day and not done by then; what is given up is not overdue.',
      args: { asOf: t.arg({ type: 'Date', description: 'The day; today when omitted.' }) },
      resolve: ({ status, due_on, done_on }, { asOf }) => isOverdue(status, due_on, done_on, asOf ?? today()),
    }),
    reports: t.field({
      type: t.listRef(SimplificationReport, { nullable: true }),
      description: 'Reports of complex documents that it answers.',
      resolve: ({ report_ids }) => report_ids.map((id) => ({ id })),
    }),
    indicators: t.field({
      type: t.listRef(Indicator, { nullable: true }),
      description: 'Indicators that are to show its effect.',
      resolve: ({ indicator_ids }) => indicator_ids.map((id) => ({ id })),
    }),
  }),
});

export const ActionPlanConnection = connectionType(builder, PageInfo, 'ActionPlan', ActionPlan);

export const ActionPlanFilter = builder.inputType('ActionPlanFilter', {
  description: 'Restricts a selection of action plans; every condition given must hold.',
  fields: (t) => ({
    ...subjectFilter(t),
    status: t.field({ type: [PlanStatusEnum], description: 'It is at one of these steps.' }),
    commitment: t.id({ description: 'It serves this commitment.' }),
  }),
});

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: ActionPlanFilter, description: 'Which of them.' }) })),
};

builder.objectFields(ActionPlan, (t) => ({
  parent: t.field({
    type: ActionPlan,
    nullable: true,
    description: 'The plan that it carries out nearer to users.',
    resolve: ({ parent_id, working }, _args, context) => planOf(context, parent_id, working),
  }),
  children: t.field({
    type: ActionPlanConnection,
    nullable: true,
    description: 'Plans that carry it out nearer to users, latest begun first.',
    args: pageArguments(builder),
    resolve: ({ id, working }, page, context) =>
      plansFor(context, working).pages('by parent_id', id, { ...page, filter: {} }),
  }),
}));

/** What leads on from a plan: an agent's plan to an agent's. */
const plansFor = ({ plans, working }: ImprovementContext, isWorking: boolean | undefined) =>
  isWorking ? working.plans : plans;

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'actionPlans', (t) =>
    t.field({
      type: ActionPlanConnection,
      nullable: true,
      description: `Published action plans ${whose}, latest begun first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { plans }) =>
        plans.pages(kind, id, { ...page, filter: filter ?? {} }),
    }),
  );
}

builder.queryFields((t) => ({
  actionPlan: t.field({
    type: ActionPlan,
    nullable: true,
    description: 'A published action plan, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { plans }) => plans.byId.load(id),
  }),
  actionPlans: t.field({
    type: ActionPlanConnection,
    nullable: true,
    description: 'Published action plans, latest begun first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { plans }) =>
      plans.pages('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
}));
