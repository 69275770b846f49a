import { badInput } from '../../../kernel/errors.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import { today } from '../fact/mistakes.ts';
import { foundByNode, REF } from '../fact/node.type.ts';
import { MajorAction } from '../major/major.type.ts';
import { Commitment } from '../subject/stubs.type.ts';
import { decisionWorkflow } from './decision.workflow.ts';
import { missingHalfYears } from './half-years.ts';
import type { DecisionRow, SessionRow } from './tables.ts';

export const GovernanceBodyEnum = builder.enumType('GovernanceBody', {
  description: 'Who steers the programme.',
  values: {
    STEERING_COMMITTEE: { description: 'Comité de pilotage, which meets each half-year.' },
    INDIVIDUALS_COMMISSION: { description: 'Commission usagers particuliers.' },
    BUSINESSES_COMMISSION: { description: 'Commission usagers entreprises.' },
  },
});

const DecisionStateEnum = builder.enumType('DecisionState', {
  description: 'What became of a decision.',
  values: {
    TAKEN: { description: decisionWorkflow.states.TAKEN },
    CARRIED_OUT: { description: decisionWorkflow.states.CARRIED_OUT },
    ABANDONED: { description: decisionWorkflow.states.ABANDONED },
  },
});

export const GovernanceSession = builder.objectRef<SessionRow>('GovernanceSession').implement({
  ...foundByNode((id, { governance }) => governance.sessions.byId.load(id)),
  description: 'A session of the steering committee or of one of its two commissions.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'MEETING-<key>.' }),
    ref: t.exposeID('id', REF),
    body: t.expose('body', { type: GovernanceBodyEnum, description: 'Who met.' }),
    period: t.exposeString('period', { description: 'The half-year that it counts for, such as 2024-S1.' }),
    heldOn: t.expose('held_on', { type: 'Date', description: 'Day on which it was held.' }),
    summary: t.exposeString('summary', { nullable: true, description: 'What was said, in short.' }),
    version: t.exposeInt('version', { description: 'Counts its changes.' }),
  }),
});

export const Decision = builder.objectRef<DecisionRow>('Decision').implement({
  ...foundByNode((id, { governance }) => governance.decisions.byId.load(id)),
  description: 'What those who steer the programme decided.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'DECISION-<key>.' }),
    ref: t.exposeID('id', REF),
    words: t.exposeString('words', { description: 'The decision, in words.' }),
    takenOn: t.expose('taken_on', { type: 'Date', description: 'Day of its session.' }),
    dueOn: t.expose('due_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it is to be carried out.',
    }),
    state: t.expose('state', { type: DecisionStateEnum, description: 'What became of it.' }),
    endedOn: t.expose('ended_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was carried out or abandoned.',
    }),
    reason: t.exposeString('reason', { nullable: true, description: 'Why it was abandoned.' }),
    commitments: t.field({
      type: t.listRef(Commitment, { nullable: true }),
      description: 'The commitments that it serves.',
      resolve: ({ commitment_ids }) => commitment_ids.map((id) => ({ id })),
    }),
    session: t.field({
      type: GovernanceSession,
      nullable: true,
      description: 'The session that took it.',
      resolve: ({ session_id }, _args, { governance }) => governance.sessions.byId.load(session_id),
    }),
    majorAction: t.field({
      type: MajorAction,
      nullable: true,
      description: 'The major action that carries it out.',
      resolve: ({ major_action_id }, _args, { governance }) =>
        major_action_id === null ? null : governance.majors.byId.load(major_action_id),
    }),
    version: t.exposeInt('version', { description: 'Counts its changes.' }),
  }),
});

const SessionConnection = connectionType(builder, PageInfo, 'GovernanceSession', GovernanceSession);
const DecisionConnection = connectionType(builder, PageInfo, 'Decision', Decision);

builder.objectField(GovernanceSession, 'decisions', (t) =>
  t.field({
    type: DecisionConnection,
    nullable: true,
    description: 'What it decided.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { governance }) =>
      governance.decisions.pages('by session_id', id, { ...page, filter: {} }),
  }),
);
builder.objectField(MajorAction, 'decisions', (t) =>
  t.field({
    type: DecisionConnection,
    nullable: true,
    description: 'The decisions that it carries out, latest first.',
    args: pageArguments(builder),
    resolve: ({ id }, page, { governance }) =>
      governance.decisions.pages('by major_action_id', id, { ...page, filter: {} }),
  }),
);

const DecisionFilter = builder.inputType('DecisionFilter', {
  description: 'Restricts a selection of decisions; every condition given must hold.',
  fields: (t) => ({
    state: t.field({ type: [DecisionStateEnum], description: 'It is in one of these states.' }),
    commitment: t.id({ description: 'It serves this commitment.' }),
    takenFrom: t.field({ type: 'Date', description: 'It was taken on this day or later.' }),
    takenUntil: t.field({ type: 'Date', description: 'It was taken on this day or earlier.' }),
    dueUntil: t.field({ type: 'Date', description: 'It is to be carried out on this day or earlier.' }),
  }),
});

builder.queryFields((t) => ({
  governance: t.field({
    type: SessionConnection,
    nullable: true,
    description: 'Sessions of those who steer the programme, latest first.',
    args: {
      ...pageArguments(builder),
      body: t.arg({ type: GovernanceBodyEnum, description: 'Of this body.' }),
      from: t.arg({ type: 'Date', description: 'Held on this day or later.' }),
      to: t.arg({ type: 'Date', description: 'Held on this day or earlier.' }),
    },
    resolve: (_root, { body, from, to, ...page }, { governance }) =>
      governance.sessions.pages('EVERYTHING', '', {
        ...page,
        filter: { is: { body: body ? [body] : null }, from: { held_on: from }, until: { held_on: to } },
      }),
  }),
  governanceSession: t.field({
    type: GovernanceSession,
    nullable: true,
    description: 'A session, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.sessions.byId.load(id),
  }),
  decision: t.field({
    type: Decision,
    nullable: true,
    description: 'A decision, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { governance }) => governance.decisions.byId.load(id),
  }),
  decisions: t.field({
    type: DecisionConnection,
    nullable: true,
    description: 'Decisions of those who steer the programme, latest first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: DecisionFilter, description: 'Which of them.' }),
    },
    resolve: (_root, { filter, ...page }, { governance }) => {
      const { state, commitment, takenFrom, takenUntil, dueUntil } = filter ?? {};
      return governance.decisions.pages('EVERYTHING', '', {
        ...page,
        filter: {
          is: { state },
          has: { commitment_ids: commitment },
          from: { taken_on: takenFrom },
          until: { taken_on: takenUntil, due_on: dueUntil },
        },
      });
    },
  }),
  missingHalfYears: t.stringList({
    nullable: true,
    description:
      'Half-years without a steering committee, oldest first: from the first that had one to the last that was over ' +
      'on the day asked for.',
    args: {
      asOf: t.arg({ type: 'Date', description: 'As of this day, today at the latest; today when omitted.' }),
    },
    resolve: async (_root, { asOf }, { governance }) => {
      const day = asOf ?? today();
      if (day > today()) throw badInput('"asOf" must not be after today.');
      return missingHalfYears(await governance.halfYears('STEERING_COMMITTEE', day), day);
    },
  }),
}));
