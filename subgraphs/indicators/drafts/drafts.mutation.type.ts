import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import type { UserError as Mistake } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { discardDraft } from './discard.ts';
import { ResultDraft } from './draft.type.ts';
import { type Published, publishDraft } from './publish.ts';
import { KEY_DESCRIPTION, ResultInput } from './result-input.type.ts';
import { saveDraft } from './save.ts';

/** What the payload of a command on a draft is read from. */
interface OnDraft {
  draft: string | null;
  userErrors: readonly Mistake[];
  published?: Published | null;
}

const SaveResultDraftInput = builder.inputType('SaveResultDraftInput', {
  ...internalOnly,
  description: 'What a draft holds from now on.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
    network: t.id({ required: true, description: 'Whose results: id of a network.' }),
    draft: t.id({ description: 'The draft to write; a new one when omitted.' }),
    version: t.int({ description: 'The `version` of the draft that was read: another one is a CONFLICT.' }),
    title: t.string({
      required: true,
      description: 'Title, for those who work on it; 200 characters at most.',
    }),
    results: t.field({
      type: [ResultInput],
      required: true,
      description:
        'Its results, in the place of those that it held; 1 000 at most, more is a file to import.',
    }),
  }),
});

const DraftInput = builder.inputType('ResultDraftInput', {
  ...internalOnly,
  description: 'A draft as it was read.',
  fields: (t) => ({
    idempotencyKey: t.string({ required: true, description: KEY_DESCRIPTION }),
    draft: t.id({ required: true, description: 'Id of the draft.' }),
    version: t.int({
      required: true,
      description: 'The `version` of the draft that was read: another one is a CONFLICT.',
    }),
  }),
});

/** @param tells whether the problems of the draft are told as mistakes, although it was written */
const draftPayload = (name: string, description: string, mistakes: string, tells: boolean) =>
  builder.objectRef<OnDraft>(name).implement({
    ...internalOnly,
    description,
    fields: (t) => ({
      draft: t.field({
        type: ResultDraft,
        nullable: true,
        description: 'The draft as it is now; null when nothing was done.',
        resolve: ({ draft }, _args, { drafts }) => (draft === null ? null : drafts.draft(draft)),
      }),
      userErrors: t.field({
        type: [UserError],
        description: mistakes,
        resolve: async ({ draft, userErrors }, _args, { drafts }) =>
          draft !== null && tells ? ((await drafts.draft(draft))?.problems ?? []) : userErrors,
      }),
    }),
  });

const SavePayload = draftPayload(
  'SaveResultDraftPayload',
  'A draft that was saved.',
  'What an import of these results would say of them; the draft is saved all the same.',
  true,
);
const DiscardPayload = draftPayload(
  'DiscardResultDraftPayload',
  'A draft that was put away.',
  'Mistakes in the input: none, what cannot be done is an error.',
  false,
);

const PublishPayload = builder.objectRef<OnDraft>('PublishResultsPayload').implement({
  ...internalOnly,
  description: 'What became of a publication.',
  fields: (t) => ({
    draft: t.field({
      type: ResultDraft,
      nullable: true,
      description: 'The draft as it is now; null when nothing was published.',
      resolve: ({ draft }, _args, { drafts }) => (draft === null ? null : drafts.draft(draft)),
    }),
    publication: t.int({
      nullable: true,
      description: 'Number of the publication.',
      resolve: ({ published }) => published?.publication ?? null,
    }),
    inserted: t.int({
      nullable: true,
      description: 'Results that are new.',
      resolve: ({ published }) => published?.inserted ?? null,
    }),
    corrected: t.int({
      nullable: true,
      description: 'Results that replace a published one.',
      resolve: ({ published }) => published?.corrected ?? null,
    }),
    unchanged: t.int({
      nullable: true,
      description: 'Results that say nothing new.',
      resolve: ({ published }) => published?.unchanged ?? null,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was published; paths are those of `saveResultDraft`.',
      resolve: ({ userErrors }) => userErrors,
    }),
  }),
});

builder.mutationFields((t) => ({
  saveResultDraft: t.field({
    type: SavePayload,
    nullable: true,
    ...internal('drafts:write'),
    description: 'Keeps results that are not published yet, right or not.',
    args: { input: t.arg({ type: SaveResultDraftInput, required: true, description: 'The draft.' }) },
    resolve: async (_root, { input }, { writing }) => ({
      ...(await saveDraft(writing, input)),
      userErrors: [],
    }),
  }),
  discardResultDraft: t.field({
    type: DiscardPayload,
    nullable: true,
    ...internal('drafts:write'),
    description: 'Puts a draft away; it can still be read.',
    args: { input: t.arg({ type: DraftInput, required: true, description: 'The draft.' }) },
    resolve: async (_root, { input }, { writing }) => ({
      ...(await discardDraft(writing, input)),
      userErrors: [],
    }),
  }),
  publishResults: t.field({
    type: PublishPayload,
    nullable: true,
    ...internal('results:publish'),
    description: 'Publishes a draft, whole or not at all: figures, rankings and rates follow at once.',
    args: { input: t.arg({ type: DraftInput, required: true, description: 'The draft.' }) },
    resolve: async (_root, { input }, { writing }) => {
      const { done, userErrors } = await publishDraft(writing, input);
      return { draft: done?.draft ?? null, published: done, userErrors };
    },
  }),
}));
