import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { payloadType, versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { correctReply } from './correct.ts';
import { draftReply } from './draft.ts';
import { publishReply } from './publish.ts';
import { sendBackReply } from './send-back.ts';
import { SCOPE_OF_STEP } from './steps.ts';
import { submitReply } from './submit.ts';
import { ReplyTask } from './task.type.ts';
import { transferReply } from './transfer.ts';

/** What every mutation on what a structure owes comes to. */
export const ReplyTaskPayload = payloadType(builder, UserError, 'ReplyTaskPayload', {
  field: 'task',
  type: ReplyTask,
  load: (id, { readTask }) => readTask(id),
});

/** A task as it was read, and nothing else. */
const ReplyTaskInput = builder.inputType('ReplyTaskInput', {
  ...internalOnly,
  description: 'What a structure owes, as it was read.',
  fields: versionFields,
});

const AI_DRAFT =
  'What an AI proposed, where one did: the similarity with it is computed and published, the draft itself is not.';

const DraftReplyInput = builder.inputType('DraftReplyInput', {
  ...internalOnly,
  description: 'A reply as it is being written.',
  fields: (t) => ({
    ...versionFields(t),
    body: t.string({ required: true, description: 'The reply, in French; 10 000 characters at most.' }),
    aiDraft: t.string({ description: `${AI_DRAFT} Left out, the last one that was sent counts.` }),
  }),
});

const CorrectReplyInput = builder.inputType('CorrectReplyInput', {
  ...internalOnly,
  description: 'A public reply in other words.',
  fields: (t) => ({
    ...versionFields(t),
    body: t.string({ required: true, description: 'The reply, in French; 10 000 characters at most.' }),
    reason: t.string({ required: true, description: 'Why, for the audit; 1 000 characters at most.' }),
    aiDraft: t.string({ description: `${AI_DRAFT} Left out, the similarity stays what was published.` }),
  }),
});

const SendBackReplyInput = builder.inputType('SendBackReplyInput', {
  ...internalOnly,
  description: 'Changes asked for.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({
      required: true,
      description: 'Which changes, for the structure; 1 000 characters at most.',
    }),
  }),
});

const TransferReplyInput = builder.inputType('TransferReplyInput', {
  ...internalOnly,
  description: 'To whom a reply is handed on.',
  fields: (t) => ({
    ...versionFields(t),
    to: t.id({
      required: true,
      description: 'Id of an open structure below the present one, or of the network where none is known.',
    }),
    reason: t.string({ required: true, description: 'Why, for the audit; 1 000 characters at most.' }),
  }),
});

builder.mutationFields((t) => ({
  draftReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.draft),
    description: 'Writes a reply, or writes it anew; the public does not see it.',
    args: { input: t.arg({ type: DraftReplyInput, required: true, description: 'The reply.' }) },
    resolve: (_root, { input }, { writing }) => draftReply(writing, input),
  }),
  submitReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.submit),
    description: 'Asks a super agent of the network to validate a draft.',
    args: { input: t.arg({ type: ReplyTaskInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, { writing }) => submitReply(writing, input),
  }),
  sendBackReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.sendBack),
    description: 'Asks for changes to a reply that was submitted.',
    args: { input: t.arg({ type: SendBackReplyInput, required: true, description: 'Which changes.' }) },
    resolve: (_root, { input }, { writing }) => sendBackReply(writing, input),
  }),
  publishReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.publish),
    description: 'Validates a reply that was submitted: it is public at once.',
    args: { input: t.arg({ type: ReplyTaskInput, required: true, description: 'Which one.' }) },
    resolve: (_root, { input }, { writing, today }) => publishReply(writing, input, today),
  }),
  correctReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.correct),
    description: 'Replaces the text of a public reply; the day of the first reply stays.',
    args: { input: t.arg({ type: CorrectReplyInput, required: true, description: 'The text.' }) },
    resolve: (_root, { input }, { writing, today }) => correctReply(writing, input, today),
  }),
  transferReply: t.field({
    type: ReplyTaskPayload,
    nullable: true,
    ...internal(SCOPE_OF_STEP.transfer),
    description:
      'Hands a reply on to a structure below, which owes it from now on; what was drafted is put away.',
    args: { input: t.arg({ type: TransferReplyInput, required: true, description: 'To whom.' }) },
    resolve: (_root, { input }, { writing, today }) => transferReply(writing, input, today),
  }),
}));
