import { toNumber } from '../../../kernel/decimal.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder, PageInfo } from '../builder.ts';
import { today } from '../fact/mistakes.ts';
import { foundByNode, REF } from '../fact/node.type.ts';
import type { MajorRow, Milestone } from '../governance/tables.ts';
import { Commitment, Network } from '../subject/stubs.type.ts';
import { majorWorkflow } from './major.workflow.ts';

const MajorStateEnum = builder.enumType('MajorActionState', {
  description: 'How far a major action is.',
  values: {
    PLANNED: { description: majorWorkflow.states.PLANNED },
    UNDER_WAY: { description: majorWorkflow.states.UNDER_WAY },
    DONE: { description: majorWorkflow.states.DONE },
    STOPPED: { description: majorWorkflow.states.STOPPED },
  },
});

const MilestoneType = builder.objectRef<Milestone>('Milestone').implement({
  description: 'A step on the way of a major action.',
  fields: (t) => ({
    title: t.exposeString('title', { description: 'What is to be reached.' }),
    dueOn: t.expose('dueOn', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it is to be reached.',
    }),
    doneOn: t.expose('doneOn', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was reached; null while it is not.',
    }),
  }),
});

export const MajorAction = builder.objectRef<MajorRow>('MajorAction').implement({
  ...foundByNode((id, { governance }) => governance.majors.byId.load(id)),
  description: 'A major action of the programme that is followed nationally.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'MAJOR-<key>.' }),
    ref: t.exposeID('id', REF),
    title: t.exposeString('title', { description: 'Its title.' }),
    description: t.exposeString('description', { nullable: true, description: 'What is to be done.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that does it; null for what several ministries do together.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    commitments: t.field({
      type: t.listRef(Commitment, { nullable: true }),
      description: 'The commitments that it serves.',
      resolve: ({ commitment_ids }) => commitment_ids.map((id) => ({ id })),
    }),
    state: t.expose('state', { type: MajorStateEnum, description: 'How far it is.' }),
    startedOn: t.expose('started_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it began.',
    }),
    endedOn: t.expose('ended_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was done or stopped.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was stopped.' }),
    milestones: t.expose('milestones', {
      type: [MilestoneType],
      description: 'Its milestones, in their order.',
    }),
    reachedMilestones: t.exposeInt('reached', { description: 'How many of them are reached.' }),
    lateMilestones: t.int({
      description: 'How many of them should have been reached before today; none of what has ended.',
      resolve: ({ milestones, state }) =>
        state === 'DONE' || state === 'STOPPED'
          ? 0
          : milestones.filter(({ dueOn, doneOn }) => doneOn === null && dueOn !== null && dueOn < today())
              .length,
    }),
    progress: t.float({
      nullable: true,
      description:
        'Share of the milestones that are reached, per cent, exact to six decimals; null where there are none.',
      resolve: ({ progress }) => toNumber(progress),
    }),
    version: t.exposeInt('version', { description: 'Counts its changes.' }),
  }),
});

const MajorActionConnection = connectionType(builder, PageInfo, 'MajorAction', MajorAction);

const MajorActionFilter = builder.inputType('MajorActionFilter', {
  description: 'Restricts a selection of major actions; every condition given must hold.',
  fields: (t) => ({
    network: t.id({ description: 'This network does it.' }),
    state: t.field({ type: [MajorStateEnum], description: 'It is in one of these states.' }),
    commitment: t.id({ description: 'It serves this commitment.' }),
  }),
});

builder.queryFields((t) => ({
  majorAction: t.field({
    type: MajorAction,
    nullable: true,
    description: 'A major action, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.majors.byId.load(id),
  }),
  majorActions: t.field({
    type: MajorActionConnection,
    nullable: true,
    description: 'Major actions that are followed nationally, latest begun first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: MajorActionFilter, description: 'Which of them.' }),
    },
    resolve: (_root, { filter, ...page }, { governance }) => {
      const { network, state, commitment } = filter ?? {};
      return governance.majors.pages('EVERYTHING', '', {
        ...page,
        filter: {
          is: { network_id: network ? [network] : null, state },
          has: { commitment_ids: commitment },
        },
      });
    },
  }),
}));
