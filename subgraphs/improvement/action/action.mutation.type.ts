import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields, stepEnum, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload } from '../fact/publication.type.ts';
import { PlanAction } from './action.type.ts';
import { actionWorkflow } from './action.workflow.ts';
import { advanceAction } from './advance.ts';
import { OwnerRoleEnum } from './enums.type.ts';
import { saveAction } from './save.ts';

const Payload = factPayload('PlanActionPayload', 'action', PlanAction, ({ working }) => working.actions);

const SaveActionInput = builder.inputType('SaveActionInput', {
  ...internalOnly,
  description: 'What an action of a plan says from now on.',
  fields: (t) => ({
    ...keyFields(t),
    plan: t.id({ description: 'The plan of a new action, which stays with it.' }),
    id: t.id({ description: 'What to change; all its content is given anew. Omitted for something new.' }),
    version: t.int({
      description: 'With `id`: the `version` that was read, another one is a CONFLICT.',
    }),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    description: t.string({ description: 'What is to be done; 2 000 characters at most.' }),
    ownerRole: t.field({
      type: OwnerRoleEnum,
      required: true,
      description: 'The role that answers for it.',
    }),
    ownerWords: t.string({
      description:
        'The role in words, 120 characters at most; needed for OTHER. Never a person or an address.',
    }),
    dueOn: t.field({ type: 'Date', description: 'Day on which it is to be done.' }),
    public: t.boolean({ description: 'Whether readers of a published plan see it; true when omitted.' }),
  }),
});

const ActionStep = stepEnum(builder, 'PlanActionStep', actionWorkflow);

const AdvanceActionInput = builder.inputType('AdvanceActionInput', {
  ...internalOnly,
  description: 'How an action goes on.',
  fields: (t) => ({
    ...versionFields(t),
    step: t.field({ type: ActionStep, required: true, description: 'What is done to it.' }),
    progress: t.int({ description: 'With START and REPORT: per cent done.' }),
    doneOn: t.field({ type: 'Date', description: 'With FINISH: day on which it was done.' }),
    reason: t.string({ description: 'With ABANDON: why; readers see it with a public action.' }),
  }),
});

builder.mutationFields((t) => ({
  saveAction: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Makes an action of a plan, or changes one.',
    args: { input: t.arg({ type: SaveActionInput, required: true, description: 'The action.' }) },
    resolve: (_root, { input }, { writing }) => saveAction(writing, input),
  }),
  advanceAction: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Takes an action one step further.',
    args: { input: t.arg({ type: AdvanceActionInput, required: true, description: 'The step.' }) },
    resolve: (_root, { input }, { writing }) => advanceAction(writing, input),
  }),
}));
