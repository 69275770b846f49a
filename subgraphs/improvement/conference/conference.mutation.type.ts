import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload } from '../fact/publication.type.ts';
import { stepMutation } from '../fact/step.type.ts';
import { FactSubject } from '../fact/subject.input.type.ts';
import { Conference } from './conference.type.ts';
import { holdConference } from './hold.ts';
import { cancelConference, publishConference, takeBackConference } from './move.ts';
import { planConference, rescheduleConference } from './plan.ts';

const PlanInput = builder.inputType('PlanConferenceInput', {
  ...internalOnly,
  description: 'A conference of stakeholders that is planned.',
  fields: (t) => ({
    ...keyFields(t),
    subject: t.field({ type: FactSubject, required: true, description: 'Whom it is about.' }),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    plannedOn: t.field({ type: 'Date', required: true, description: 'Its day.' }),
  }),
});

const RescheduleInput = builder.inputType('RescheduleConferenceInput', {
  ...internalOnly,
  description: 'The day and the title of a conference, from now on.',
  fields: (t) => ({
    ...versionFields(t),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    plannedOn: t.field({ type: 'Date', required: true, description: 'Its day.' }),
  }),
});

const PriorityInput = builder.inputType('ConferencePriorityInput', {
  ...internalOnly,
  description: 'A priority that was set.',
  fields: (t) => ({
    words: t.string({ required: true, description: 'The priority, in words; 500 characters at most.' }),
    commitment: t.id({ description: 'The commitment that it serves.' }),
    plan: t.id({ description: 'The action plan of the network that carries it out.' }),
  }),
});

const HoldInput = builder.inputType('HoldConferenceInput', {
  ...internalOnly,
  description: 'What came of a conference: of two colleges at least, some were there.',
  fields: (t) => ({
    ...versionFields(t),
    heldOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day on which it was held, today at the latest.',
    }),
    users: t.int({ description: 'How many users were there.' }),
    agents: t.int({ description: 'How many agents were there.' }),
    localPartners: t.int({ description: 'How many local partners were there.' }),
    electedOfficials: t.int({ description: 'How many elected officials were there.' }),
    reviewShared: t.boolean({
      required: true,
      description: 'Whether the review of the year was shared with them.',
    }),
    summary: t.string({
      description: 'What was said, in short, without names; 4 000 characters at most.',
    }),
    priorities: t.field({
      type: [PriorityInput],
      required: true,
      description: 'The priorities that were set, the first one first; 20 at most.',
    }),
  }),
});

const Payload = factPayload(
  'ConferencePayload',
  'conference',
  Conference,
  ({ governance }) => governance.conferences.working,
);

builder.mutationFields((t) => ({
  planConference: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Plans a conference of stakeholders.',
    args: { input: t.arg({ type: PlanInput, required: true, description: 'The conference.' }) },
    resolve: (_root, { input }, { writing }) => planConference(writing, input),
  }),
  rescheduleConference: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Sets another day or title for a conference that has not been held.',
    args: { input: t.arg({ type: RescheduleInput, required: true, description: 'Its day and title.' }) },
    resolve: (_root, { input }, { writing }) => rescheduleConference(writing, input),
  }),
  holdConference: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Tells of a conference that was held, or tells it anew while it is not public.',
    args: { input: t.arg({ type: HoldInput, required: true, description: 'What came of it.' }) },
    resolve: (_root, { input }, { writing }) => holdConference(writing, input),
  }),
}));

const scope = 'improvement:write';
stepMutation(
  'publishConference',
  Payload,
  { scope, description: 'Makes the report of a conference public.' },
  publishConference,
);
stepMutation(
  'takeBackConference',
  Payload,
  { scope, description: 'Takes the report of a conference out of the public, with a reason.' },
  takeBackConference,
);
stepMutation(
  'cancelConference',
  Payload,
  { scope, description: 'Gives up a conference that has not been held, with a reason.' },
  cancelConference,
);
