import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { stepEnum, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { factPayload, publicationMutations } from '../fact/publication.type.ts';
import { PLANS } from '../fact/sources.ts';
import { saveFields } from '../fact/subject.input.type.ts';
import { advancePlan } from './advance.ts';
import { linkPlan } from './link.ts';
import { ActionPlan } from './plan.type.ts';
import { planWorkflow } from './plan.workflow.ts';
import { savePlan } from './save.ts';

const Payload = factPayload('ActionPlanPayload', 'actionPlan', ActionPlan, ({ working }) => working.plans);

const SavePlanInput = builder.inputType('SaveActionPlanInput', {
  ...internalOnly,
  description: 'What an action plan says from now on.',
  fields: (t) => ({
    ...saveFields(t),
    title: t.string({ required: true, description: 'Its title; 300 characters at most.' }),
    description: t.string({ description: 'What is to be done; 4 000 characters at most.' }),
    commitments: t.idList({ description: 'The commitments that it serves.' }),
    startsOn: t.field({ type: 'Date', description: 'First day.' }),
    dueOn: t.field({ type: 'Date', description: 'Day on which it is to be done.' }),
    parent: t.id({
      description: 'The plan that it carries out nearer to users: of the same network, and above its place.',
    }),
  }),
});

const PlanStep = stepEnum(builder, 'ActionPlanStep', planWorkflow);

const AdvancePlanInput = builder.inputType('AdvanceActionPlanInput', {
  ...internalOnly,
  description: 'How an action plan goes on.',
  fields: (t) => ({
    ...versionFields(t),
    step: t.field({ type: PlanStep, required: true, description: 'What is done to it.' }),
    doneOn: t.field({ type: 'Date', description: 'With FINISH: day on which it was done.' }),
    reason: t.string({ description: 'With ABANDON: why; readers see it with a published plan.' }),
  }),
});

const LinkPlanInput = builder.inputType('LinkActionPlanInput', {
  ...internalOnly,
  description: 'What an action plan answers from now on; a list left out becomes empty.',
  fields: (t) => ({
    ...versionFields(t),
    reports: t.idList({ description: 'Ids of reports of complex documents, 50 at most.' }),
    indicators: t.idList({ description: 'Ids of indicators that are to show its effect, 50 at most.' }),
  }),
});

builder.mutationFields((t) => ({
  saveActionPlan: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Makes an action plan, proposed and not public, or changes one.',
    args: { input: t.arg({ type: SavePlanInput, required: true, description: 'The plan.' }) },
    resolve: (_root, { input }, { writing }) => savePlan(writing, input),
  }),
  advanceActionPlan: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Takes an action plan one step further.',
    args: { input: t.arg({ type: AdvancePlanInput, required: true, description: 'The step.' }) },
    resolve: (_root, { input }, { writing }) => advancePlan(writing, input),
  }),
  linkActionPlan: t.field({
    type: Payload,
    nullable: true,
    ...internal('improvement:write'),
    description: 'Says which reports and indicators an action plan answers; testimonies: `linkTestimony`.',
    args: { input: t.arg({ type: LinkPlanInput, required: true, description: 'The links.' }) },
    resolve: (_root, { input }, { writing }) => linkPlan(writing, input),
  }),
}));
publicationMutations('ActionPlan', PLANS, Payload);
