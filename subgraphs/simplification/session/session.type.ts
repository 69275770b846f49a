import { shareOf } from '../../../kernel/decimal.ts';
import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stepEnum } from '../../../kernel/graphql/mutation.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { possibleSteps } from '../../../kernel/write/workflow.ts';
import { builder, PageInfo } from '../builder.ts';
import { SimplificationReport } from '../report/report.type.ts';
import { Network, Site, Structure } from '../subject/stubs.type.ts';
import { sessionWorkflow } from './session.workflow.ts';
import type { InvitationRow, SessionRow, TestResult } from './tables.ts';

export const SessionModeEnum = builder.enumType('TestSessionMode', {
  description: 'How a session takes place.',
  values: {
    ONLINE: { description: 'Online.' },
    IN_PERSON: { description: 'In person.' },
    PHONE: { description: 'By telephone.' },
  },
});

const SessionStateEnum = builder.enumType('TestSessionState', {
  ...internalOnly,
  description: 'How far a test session is; see docs/workflows.md.',
  values: Object.fromEntries(
    Object.entries(sessionWorkflow.states).map(([state, description]) => [state, { description }]),
  ) as Record<SessionRow['state'], { description: string }>,
});

const SessionStepEnum = stepEnum(builder, 'TestSessionStep', sessionWorkflow);

const ResultType = builder.objectRef<TestResult>('TestResult').implement({
  description: 'How the trial of one document went.',
  fields: (t) => ({
    report: t.field({
      type: SimplificationReport,
      nullable: true,
      description: 'The report whose new version was tried; null where it is not public.',
      resolve: ({ report_id }, _args, { loaders }) => loaders.report.load(report_id),
    }),
    testers: t.exposeInt('testers', { description: 'How many tried it.' }),
    understood: t.exposeInt('understood', { description: 'How many of them understood it.' }),
    completed: t.exposeInt('completed', { description: 'How many could do what it asks for.' }),
    understoodShare: t.float({
      description: 'Share of those who understood it, 0 to 1.',
      resolve: ({ understood, testers }) => shareOf(understood, testers),
    }),
    completedShare: t.float({
      description: 'Share of those who could do what it asks for, 0 to 1.',
      resolve: ({ completed, testers }) => shareOf(completed, testers),
    }),
  }),
});

export const TestSession = builder.objectRef<SessionRow>('TestSession').implement({
  description: 'A session in which volunteers tried documents before they were disseminated.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'SESSION-<key>.' }),
    title: t.exposeString('title', { description: 'Its title.' }),
    mode: t.expose('mode', { type: SessionModeEnum, description: 'How it took place.' }),
    heldOn: t.expose('held_on', { type: 'Date', nullable: true, description: 'Day on which it took place.' }),
    participants: t.exposeInt('participants', { nullable: true, description: 'How many testers came.' }),
    remarks: t.exposeString('remarks', { nullable: true, description: 'What was learnt.' }),
    results: t.field({
      type: [ResultType],
      description: 'How each document was understood.',
      resolve: ({ results }) => results,
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that held it.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that held it, where it was one.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site where it was held, where it was one.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
  }),
});

const SessionConnection = connectionType(builder, PageInfo, 'TestSession', TestSession);

const SessionFilterInput = builder.inputType('TestSessionFilter', {
  description: 'Restricts a selection of test sessions; every condition given must hold.',
  fields: (t) => ({
    network: t.id({ description: 'Held by this network.' }),
    report: t.id({ description: 'The new version of this report was tried.' }),
    heldFrom: t.field({ type: 'Date', description: 'Held on that day or later.' }),
    heldTo: t.field({ type: 'Date', description: 'Held on that day or before.' }),
  }),
});

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: SessionFilterInput, description: 'Which of them.' }) })),
};

builder.objectField(Network, 'testSessions', (t) =>
  t.field({
    type: SessionConnection,
    nullable: true,
    description: 'Published test sessions of this network, latest held first.',
    args: LIST_ARGUMENTS,
    resolve: ({ id }, { filter, ...page }, { testSessions }) =>
      testSessions('NETWORK', id, { ...page, filter: filter ?? {} }),
  }),
);

export const InvitationAnswerEnum = builder.enumType('InvitationAnswer', {
  ...internalOnly,
  description: 'What somebody who was asked answered.',
  values: {
    NONE: { description: 'Nothing yet.' },
    ACCEPTED: { description: 'Comes.' },
    DECLINED: { description: 'Does not come.' },
    TOOK_PART: { description: 'Was there.' },
  },
});

const InvitationType = builder.objectRef<InvitationRow>('TesterInvitation').implement({
  ...internalOnly,
  description: 'Somebody whom a session asked.',
  fields: (t) => ({
    reference: t.exposeString('reference', {
      nullable: true,
      description: 'What the recruiting portal calls the tester; null once that one is erased.',
    }),
    invitedAt: t.expose('invited_at', { type: 'DateTime', description: 'When.' }),
    answer: t.expose('answer', {
      type: InvitationAnswerEnum,
      description: 'The answer.',
    }),
  }),
});

/** What those who prepare a session see beside what will be public. */
export const PreparedSession = builder.objectRef<SessionRow>('PreparedTestSession').implement({
  ...internalOnly,
  description: 'A test session as those who hold it see it, whatever its state.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'SESSION-<key>.' }),
    version: t.exposeInt('version', {
      description: 'Rises with every change: what a writer says to have read.',
    }),
    state: t.expose('state', { type: SessionStateEnum, description: 'How far it is.' }),
    possibleSteps: t.field({
      type: [SessionStepEnum],
      description: 'What may be done next.',
      resolve: ({ state }) => possibleSteps(sessionWorkflow, state),
    }),
    title: t.exposeString('title', { description: 'Its title.' }),
    mode: t.expose('mode', { type: SessionModeEnum, description: 'How it takes place.' }),
    plannedOn: t.expose('planned_on', { type: 'Date', description: 'Day for which it is planned.' }),
    session: t.field({
      type: TestSession,
      description: 'The same, as it is or will be public.',
      resolve: (session) => session,
    }),
    invitations: t.field({
      type: [InvitationType],
      description: 'Whom it asked, in the order of asking.',
      resolve: ({ id }, _args, { loaders }) => loaders.invitations.load(id),
    }),
  }),
});

const PreparedConnection = connectionType(builder, PageInfo, 'PreparedTestSession', PreparedSession, {
  internal: true,
});

builder.queryFields((t) => ({
  testSession: t.field({
    type: TestSession,
    nullable: true,
    description: 'A published test session, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.testSession.load(id),
  }),
  testSessions: t.field({
    type: SessionConnection,
    nullable: true,
    description: 'Published test sessions, latest held first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { testSessions }) =>
      testSessions('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
  preparedTestSessions: t.field({
    type: PreparedConnection,
    nullable: true,
    ...internal('panels:manage'),
    description: 'Test sessions of a network whatever their state, the latest planned first.',
    args: { network: t.arg.id({ required: true, description: 'The network.' }), ...pageArguments(builder) },
    resolve: (_root, { network, ...page }, { preparedSessions }) =>
      preparedSessions('NETWORK', '', { ...page, filter: { network } }),
  }),
}));
