import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { datedMutation, nationalPayload } from '../governance/payload.type.ts';
import { MajorAction } from './major.type.ts';
import { finishMajorAction, reachMilestone, startMajorAction, stopMajorAction } from './move.ts';
import { saveMajorAction } from './save.ts';

const MilestoneInput = builder.inputType('MilestoneInput', {
  ...internalOnly,
  description: 'A step on the way of a major action.',
  fields: (t) => ({
    title: t.string({ required: true, description: 'What is to be reached; 300 characters at most.' }),
    dueOn: t.field({ type: 'Date', description: 'Day on which it is to be reached.' }),
    doneOn: t.field({ type: 'Date', description: 'Day on which it was reached, today at the latest.' }),
  }),
});

const SaveInput = builder.inputType('SaveMajorActionInput', {
  ...internalOnly,
  description: 'What a major action says from now on.',
  fields: (t) => ({
    ...keyFields(t),
    id: t.id({ description: 'What to change; all its content is given anew. Omitted for something new.' }),
    version: t.int({ description: 'With `id`: the `version` that was read, another one is a CONFLICT.' }),
    network: t.id({ description: 'The network that does it; omitted for what several ministries do.' }),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    description: t.string({ description: 'What is to be done; 4 000 characters at most.' }),
    commitments: t.idList({ description: 'The commitments that it serves.' }),
    milestones: t.field({
      type: [MilestoneInput],
      required: true,
      description: 'Its milestones in their order, in the place of those that it had; 50 at most.',
    }),
  }),
});

const ReachInput = builder.inputType('ReachMilestoneInput', {
  ...internalOnly,
  description: 'A milestone that was reached.',
  fields: (t) => ({
    ...versionFields(t),
    milestone: t.int({ required: true, description: 'Its rank among the milestones, from 0.' }),
    on: t.field({ type: 'Date', description: 'The day, today at the latest; today when omitted.' }),
  }),
});

const Payload = nationalPayload('MajorActionPayload', 'majorAction', MajorAction, (id, { governance }) =>
  governance.majors.byId.load(id),
);

builder.mutationFields((t) => ({
  saveMajorAction: t.field({
    type: Payload,
    nullable: true,
    ...internal('governance:write'),
    description: 'Makes a major action, or replaces what one says while it has not ended.',
    args: { input: t.arg({ type: SaveInput, required: true, description: 'The major action.' }) },
    resolve: (_root, { input }, { writing }) => saveMajorAction(writing, input),
  }),
  reachMilestone: t.field({
    type: Payload,
    nullable: true,
    ...internal('governance:write'),
    description: 'Tells on which day a milestone of a major action under way was reached.',
    args: { input: t.arg({ type: ReachInput, required: true, description: 'The milestone.' }) },
    resolve: (_root, { input }, { writing }) => reachMilestone(writing, input),
  }),
}));

datedMutation('startMajorAction', Payload, 'Begins a major action.', startMajorAction);
datedMutation(
  'finishMajorAction',
  Payload,
  'Ends a major action, of which no milestone is left.',
  finishMajorAction,
);
datedMutation(
  'stopMajorAction',
  Payload,
  'Gives a major action up, with a reason that everybody reads.',
  stopMajorAction,
);
