import { internal } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { reaches } from '../../../kernel/viewer.ts';
import { builder, PageInfo } from '../builder.ts';
import { subjectFilter } from '../fact/arguments.type.ts';
import { factFields } from '../fact/fact-fields.type.ts';
import { foundByNode, REF } from '../fact/node.type.ts';
import type { Fact } from '../fact/sources.ts';
import { ImprovementWork } from '../fact/work.type.ts';
import type { IdeaRow } from '../governance/tables.ts';
import { ActionPlan } from '../plan/plan.type.ts';
import { Commitment } from '../subject/stubs.type.ts';
import { ideaWorkflow } from './idea.workflow.ts';

const IdeaStateEnum = builder.enumType('IdeaState', {
  description: 'What became of an idea; the public sees those that were adopted and published.',
  values: {
    PROPOSED: { description: ideaWorkflow.states.PROPOSED },
    ADOPTED: { description: ideaWorkflow.states.ADOPTED },
    DONE: { description: ideaWorkflow.states.DONE },
    SET_ASIDE: { description: ideaWorkflow.states.SET_ASIDE },
  },
});

export const Idea = builder.objectRef<Fact<IdeaRow>>('Idea').implement({
  ...foundByNode((id, { governance }) => governance.ideas.published.byId.load(id)),
  description:
    'What the agents of a service suggested, and what became of it. Of the service, not of a person.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'IDEA-<key>.' }),
    ref: t.exposeID('id', REF),
    title: t.exposeString('title', { description: 'The idea, in short.' }),
    description: t.exposeString('description', { nullable: true, description: 'The idea.' }),
    state: t.expose('state', { type: IdeaStateEnum, description: 'What became of it.' }),
    proposedOn: t.expose('proposed_on', {
      type: 'Date',
      description: 'Day on which it was proposed.',
    }),
    doneOn: t.expose('done_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was done.',
    }),
    commitments: t.field({
      type: t.listRef(Commitment, { nullable: true }),
      description: 'The commitments that it serves.',
      resolve: ({ commitment_ids }) => commitment_ids.map((id) => ({ id })),
    }),
    plan: t.field({
      type: ActionPlan,
      nullable: true,
      description: 'The action plan that carries it out, once it is public.',
      resolve: ({ plan_id, working }, _args, context) =>
        plan_id === null ? null : (working ? context.working : context).plans.byId.load(plan_id),
    }),
    reason: t.string({
      nullable: true,
      ...internal('improvement:read'),
      description: 'Why it was set aside.',
      // Of another network it is nobody's business here, public or not.
      resolve: ({ reason, network_id }, _args, { viewer }) =>
        reaches(viewer, network_id) ? (reason ?? null) : null,
    }),
  }),
});
factFields(Idea);

const IdeaConnection = connectionType(builder, PageInfo, 'Idea', Idea);

const IdeaFilter = builder.inputType('IdeaFilter', {
  description: 'Restricts a selection of ideas; every condition given must hold.',
  fields: (t) => ({
    ...subjectFilter(t),
    state: t.field({ type: [IdeaStateEnum], description: 'It is in one of these states.' }),
    commitment: t.id({ description: 'It serves this commitment.' }),
  }),
});

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: IdeaFilter, description: 'Which of them.' }) })),
};

const filtered = ({ state, ...others }: typeof IdeaFilter.$inferInput) => ({ ...others, is: { state } });

builder.objectField(ImprovementWork, 'ideas', (t) =>
  t.field({
    type: IdeaConnection,
    nullable: true,
    description: 'Ideas of its agents, whatever became of them, latest first.',
    args: LIST_ARGUMENTS,
    resolve: ({ networkId }, { filter, ...page }, { governance }) =>
      governance.ideas.working.pages('NETWORK', networkId, { ...page, filter: filtered(filter ?? {}) }),
  }),
);

builder.queryFields((t) => ({
  idea: t.field({
    type: Idea,
    nullable: true,
    description: 'A published idea of agents, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.ideas.published.byId.load(id),
  }),
  ideas: t.field({
    type: IdeaConnection,
    nullable: true,
    description: 'Ideas of agents that were adopted and published, latest first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { governance }) =>
      governance.ideas.published.pages('EVERYTHING', '', { ...page, filter: filtered(filter ?? {}) }),
  }),
}));
