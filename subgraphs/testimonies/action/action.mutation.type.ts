import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { ReplyTaskPayload } from '../reply/replies.mutation.type.ts';
import { engageAction } from './engage.ts';
import { linkTestimony } from './link.ts';

const EngageActionInput = builder.inputType('EngageActionInput', {
  ...internalOnly,
  description: 'What a structure does about a testimony.',
  fields: (t) => ({
    ...versionFields(t),
    on: t.field({ type: 'Date', required: true, description: 'Since when; no day to come.' }),
    words: t.string({
      required: true,
      description: 'What is done, in French; 2 000 characters at most. Public at once.',
    }),
    plan: t.id({ description: 'Id of the action plan that it belongs to: PLAN-….' }),
  }),
});

const LinkTestimonyInput = builder.inputType('LinkTestimonyInput', {
  ...internalOnly,
  description: 'What a testimony led to.',
  fields: (t) => ({
    ...versionFields(t),
    target: t.id({ required: true, description: 'Id of an action plan or an impact: PLAN-… or IMPACT-….' }),
    linked: t.boolean({
      required: true,
      defaultValue: true,
      description: 'False takes back what was said.',
    }),
  }),
});

builder.mutationFields((t) => ({
  engageAction: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal('replies:write'),
    description: 'Says what a structure does about a testimony, or says it anew.',
    args: { input: t.arg({ type: EngageActionInput, required: true, description: 'The action.' }) },
    resolve: (_root, { input }, { writing, today }) => engageAction(writing, input, today),
  }),
  linkTestimony: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal('replies:write'),
    description:
      "Links a testimony to the plan or the impact that it led to: « vous nous l'avez demandé, on l'a fait ».",
    args: { input: t.arg({ type: LinkTestimonyInput, required: true, description: 'The link.' }) },
    resolve: (_root, { input }, { writing }) => linkTestimony(writing, input),
  }),
}));
