import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { payloadType, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { HintFieldEnum, RejectionReasonEnum } from './enums.type.ts';
import { maskTestimony } from './mask.ts';
import { ModeratedTestimony } from './moderated.type.ts';
import { publishTestimony } from './publish.ts';
import { reconsiderTestimony } from './reconsider.ts';
import { rejectTestimony } from './reject.ts';
import { tagTestimony } from './tag.ts';
import { withdrawTestimony } from './withdraw.ts';

const ModerationInput = builder.inputType('ModerationInput', {
  ...internalOnly,
  description: 'A testimony as a moderator read it.',
  fields: (t) => versionFields(t),
});

const RejectTestimonyInput = builder.inputType('RejectTestimonyInput', {
  ...internalOnly,
  description: 'A testimony as a moderator read it, and why it is not to be public.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.field({ type: RejectionReasonEnum, required: true, description: 'Why, after the charter.' }),
    words: t.string({
      description:
        'Why, in the moderator’s words, 1 000 characters at most; required with OTHER. Never public.',
    }),
  }),
});

const MaskedPassage = builder.inputType('MaskedPassage', {
  ...internalOnly,
  description: 'A passage to take away, as a hint gives it.',
  fields: (t) => ({
    field: t.field({
      type: HintFieldEnum,
      required: true,
      description: 'In which text; a pseudonym goes as a whole.',
    }),
    start: t.int({ required: true, description: 'Where it begins, in UTF-16 units from 0.' }),
    end: t.int({ required: true, description: 'Where it ends, this unit left out.' }),
  }),
});

const MaskTestimonyInput = builder.inputType('MaskTestimonyInput', {
  ...internalOnly,
  description: 'What is taken away from a testimony before it is published.',
  fields: (t) => ({
    ...versionFields(t),
    passages: t.field({ type: [MaskedPassage], description: 'Each becomes « […] »; 50 at most.' }),
    withoutPseudonym: t.boolean({ description: 'Takes the name that the user chose away.' }),
  }),
});

const TagTestimonyInput = builder.inputType('TagTestimonyInput', {
  ...internalOnly,
  description: 'The themes of a testimony.',
  fields: (t) => ({
    ...versionFields(t),
    tags: t.idList({
      required: true,
      description: 'All its themes from now on, by their ids; may be empty.',
    }),
  }),
});

const ModerationPayload = payloadType(builder, UserError, 'ModerationPayload', {
  field: 'testimony',
  type: ModeratedTestimony,
  load: (id, { moderation }) => moderation.testimony.load(id),
});

const scope = internal('testimonies:moderate');
const decision = {
  type: ModerationInput,
  required: true,
  description: 'The testimony, as it was read.',
} as const;
const refusal = { ...decision, type: RejectTestimonyInput } as const;

builder.mutationFields((t) => ({
  publishTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Makes a testimony public, from today on.',
    args: { input: t.arg(decision) },
    resolve: (_root, { input }, { writing, today }) => publishTestimony(writing, input, today),
  }),
  rejectTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Refuses a testimony that waits, with a reason.',
    args: { input: t.arg(refusal) },
    resolve: (_root, { input }, { writing, today }) => rejectTestimony(writing, input, today),
  }),
  withdrawTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Takes a public testimony back, with a reason; it is in no public view any more.',
    args: { input: t.arg(refusal) },
    resolve: (_root, { input }, { writing, today }) => withdrawTestimony(writing, input, today),
  }),
  reconsiderTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Puts a rejected testimony before the moderation again.',
    args: { input: t.arg(decision) },
    resolve: (_root, { input }, { writing, today }) => reconsiderTestimony(writing, input, today),
  }),
  maskTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Takes passages away from a testimony that waits, such as a name, for good.',
    args: {
      input: t.arg({ type: MaskTestimonyInput, required: true, description: 'What is taken away.' }),
    },
    resolve: (_root, { input }, { writing }) => maskTestimony(writing, input),
  }),
  tagTestimony: t.field({
    ...scope,
    type: ModerationPayload,
    nullable: true,
    description: 'Sorts a testimony that waits or is public under themes, in place of those that it had.',
    args: { input: t.arg({ type: TagTestimonyInput, required: true, description: 'Its themes.' }) },
    resolve: (_root, { input }, { writing }) => tagTestimony(writing, input),
  }),
}));
