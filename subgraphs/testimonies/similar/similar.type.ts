import { keyFields, payloadType } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { Testimony } from '../testimony/testimony.type.ts';
import { sayILivedThis } from './say.ts';
import { takeBackILivedThis } from './take-back.ts';

const SimilarExperienceInput = builder.inputType('SimilarExperienceInput', {
  description: 'Somebody who lived a similar experience. Who it is is not kept.',
  fields: (t) => ({
    ...keyFields(t),
    testimony: t.id({ required: true, description: 'Id of a public testimony.' }),
    voter: t.string({
      description:
        'Which visitor of the portal it is: a token of the portal’s own, 16 to 200 characters, that nobody can guess. Required with a key; a person who signed in is the voter, whatever is said here.',
    }),
  }),
});

const SimilarExperiencePayload = payloadType(builder, UserError, 'SimilarExperiencePayload', {
  field: 'testimony',
  type: Testimony,
  load: (id, { loaders }) => loaders.testimony.load(id),
  open: true,
});

const args = { type: SimilarExperienceInput, required: true, description: 'Who, and which.' } as const;

builder.mutationFields((t) => ({
  sayILivedThis: t.field({
    type: SimilarExperiencePayload,
    nullable: true,
    description: 'Says that somebody lived a similar experience: one more, once per person.',
    args: { input: t.arg(args) },
    resolve: (_root, { input }, { writing }) => sayILivedThis(writing, input),
  }),
  takeBackILivedThis: t.field({
    type: SimilarExperiencePayload,
    nullable: true,
    description: 'Takes that back, for the same person.',
    args: { input: t.arg(args) },
    resolve: (_root, { input }, { writing }) => takeBackILivedThis(writing, input),
  }),
}));
