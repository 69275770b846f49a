import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, payloadType, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { AgeBandEnum, DigitalEaseEnum } from '../panel/enums.type.ts';
import { holdSession } from './hold.ts';
import { answerInvitations, invite } from './invite.ts';
import { saveSession } from './save.ts';
import { InvitationAnswerEnum, PreparedSession, SessionModeEnum } from './session.type.ts';
import { cancelSession, openSession, publishSession } from './steps.ts';

const Payload = payloadType(builder, UserError, 'TestSessionPayload', {
  field: 'testSession',
  type: PreparedSession,
  load: (id, { preparedSession }) => preparedSession(id),
});

const SaveInput = builder.inputType('SaveTestSessionInput', {
  ...internalOnly,
  description: 'A session as it is to be.',
  fields: (t) => ({
    ...keyFields(t),
    id: t.id({ description: 'The session to change; a new one when omitted.' }),
    version: t.int({ description: 'The `version` that was read, with an `id`: another one is a CONFLICT.' }),
    network: t.id({ required: true, description: 'The network that holds it.' }),
    structure: t.id({ description: 'The structure that holds it, if it is one.' }),
    site: t.id({ description: 'The site where it is held, if it is one.' }),
    title: t.string({ required: true, description: 'Its title, 300 characters at most.' }),
    mode: t.field({ type: SessionModeEnum, required: true, description: 'How it takes place.' }),
    plannedOn: t.field({ type: 'Date', required: true, description: 'Day for which it is planned.' }),
  }),
});

const StepInput = builder.inputType('TestSessionStepInput', {
  ...internalOnly,
  description: 'A session as it was read.',
  fields: versionFields,
});

const CancelInput = builder.inputType('CancelTestSessionInput', {
  ...internalOnly,
  description: 'A session that does not take place.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({ required: true, description: 'Why, 1 000 characters at most.' }),
  }),
});

const ResultInput = builder.inputType('TestResultInput', {
  ...internalOnly,
  description: 'How the trial of one document went.',
  fields: (t) => ({
    report: t.id({ required: true, description: 'The report whose new version was tried.' }),
    testers: t.int({ required: true, description: 'How many tried it.' }),
    understood: t.int({ required: true, description: 'How many of them understood it.' }),
    completed: t.int({ required: true, description: 'How many could do what it asks for.' }),
  }),
});

const HoldInput = builder.inputType('HoldTestSessionInput', {
  ...internalOnly,
  description: 'What came of a session.',
  fields: (t) => ({
    ...versionFields(t),
    heldOn: t.field({ type: 'Date', required: true, description: 'Day on which it took place.' }),
    participants: t.int({ required: true, description: 'How many testers came.' }),
    remarks: t.string({ description: 'What was learnt, 4 000 characters at most; public with the results.' }),
    results: t.field({ type: [ResultInput], required: true, description: 'One per document, 1 to 20.' }),
  }),
});

const InviteInput = builder.inputType('InviteTestersInput', {
  ...internalOnly,
  description: 'Which testers a session looks for.',
  fields: (t) => ({
    ...versionFields(t),
    most: t.int({ required: true, description: 'How many at most, 1 to 200.' }),
    departement: t.id({ description: 'Only those who live there.' }),
    ageBands: t.field({ type: [AgeBandEnum], description: 'Only those of one of these ages.' }),
    digitalEases: t.field({ type: [DigitalEaseEnum], description: 'Only those of one of these eases.' }),
  }),
});

const AnswerInput = builder.inputType('InvitationAnswerInput', {
  ...internalOnly,
  description: 'What one of those who were asked answered.',
  fields: (t) => ({
    reference: t.string({ required: true, description: 'The reference of the tester.' }),
    answer: t.field({ type: InvitationAnswerEnum, required: true, description: 'The answer.' }),
  }),
});

const AnswersInput = builder.inputType('NoteInvitationAnswersInput', {
  ...internalOnly,
  description: 'What those who were asked answered.',
  fields: (t) => ({
    ...versionFields(t),
    answers: t.field({ type: [AnswerInput], required: true, description: '1 to 200 answers.' }),
  }),
});

const scope = internal('panels:manage');

builder.mutationFields((t) => ({
  saveTestSession: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'Plans a test session, or changes one that has not taken place.',
    args: { input: t.arg({ type: SaveInput, required: true, description: 'The session.' }) },
    resolve: (_root, { input }, { writing }) => saveSession(writing, input),
  }),
  openTestSession: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'Begins to invite testers.',
    args: { input: t.arg({ type: StepInput, required: true, description: 'The session.' }) },
    resolve: (_root, { input }, { writing }) => openSession(writing, input),
  }),
  inviteTesters: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'Invites testers: nobody twice, nor a third time within a month, whoever asks.',
    args: { input: t.arg({ type: InviteInput, required: true, description: 'Which testers.' }) },
    resolve: (_root, { input }, { writing }) => invite(writing, input),
  }),
  noteInvitationAnswers: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'Notes what those who were asked answered, and who took part.',
    args: { input: t.arg({ type: AnswersInput, required: true, description: 'The answers.' }) },
    resolve: (_root, { input }, { writing }) => answerInvitations(writing, input),
  }),
  holdTestSession: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'A session took place: how many came, and how each document was understood.',
    args: { input: t.arg({ type: HoldInput, required: true, description: 'What came of it.' }) },
    resolve: (_root, { input }, { writing }) => holdSession(writing, input),
  }),
  publishTestSession: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'Makes the results of a session public.',
    args: { input: t.arg({ type: StepInput, required: true, description: 'The session.' }) },
    resolve: (_root, { input }, { writing }) => publishSession(writing, input),
  }),
  cancelTestSession: t.field({
    type: Payload,
    nullable: true,
    ...scope,
    description: 'A session that does not take place.',
    args: { input: t.arg({ type: CancelInput, required: true, description: 'The session, and why.' }) },
    resolve: (_root, { input }, { writing }) => cancelSession(writing, input),
  }),
}));
