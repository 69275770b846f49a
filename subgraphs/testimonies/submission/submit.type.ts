import { keyFields, type Written } from '../../../kernel/graphql/mutation.ts';
import { builder, UserError } from '../builder.ts';
import { TestimonyStateEnum } from '../moderation/enums.type.ts';
import { FeelingEnum, PostedAsEnum } from '../testimony/enums.type.ts';
import { RECEIPT_HOURS } from './submission.ts';
import { submitTestimony } from './submit.ts';

const TestimonyConcernInput = builder.inputType('TestimonyConcernInput', {
  description: 'Somewhere that a new testimony is about: a structure, a site or both.',
  fields: (t) => ({
    structure: t.id({ description: 'Id of a structure of the directory.' }),
    site: t.id({
      description: 'Id of a site of the directory; alone, it brings its structure where it has one.',
    }),
    channels: t.stringList({
      description:
        'How the user was in contact with it, in French, 5 at most: Guichet, Téléphone, Courrier, Courriel, Site internet, Application mobile, Réseaux sociaux, Visioconférence, Borne or Autre.',
    }),
  }),
});

const SubmitTestimonyInput = builder.inputType('SubmitTestimonyInput', {
  description: 'An experience that a user tells. How to reach its author is never part of it.',
  fields: (t) => ({
    ...keyFields(t),
    title: t.string({ required: true, description: 'Its title, 200 characters at most.' }),
    body: t.string({ required: true, description: 'What the user tells, 10 000 characters at most.' }),
    feeling: t.field({ type: FeelingEnum, required: true, description: 'How the user lived it.' }),
    postedAs: t.field({ type: PostedAsEnum, description: 'In which quality the user writes.' }),
    pseudonym: t.string({
      description: 'Name that the user chooses to be shown under, 60 characters at most.',
    }),
    userTerritory: t.id({ description: 'Where the user lives: id of a département or a région.' }),
    procedures: t.stringList({
      description: 'The procedures that it is about, in the words of the user, or their ids; 5 at most.',
    }),
    concerns: t.field({
      type: [TestimonyConcernInput],
      required: true,
      description: 'The structures or sites that it is about, one to three.',
    }),
    consent: t.string({
      required: true,
      description:
        'Name of the wording by which the author agreed to the publication, such as « publication-2026 »: lower case, digits, dots and hyphens.',
    }),
    writtenOn: t.field({ type: 'Date', description: 'Day of writing; today when omitted.' }),
  }),
});

const SubmittedTestimony = builder.objectRef<{ id: string }>('SubmittedTestimony').implement({
  description:
    'A testimony that was taken in. Its text is read by the moderation only, until it is published.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'TEM-…, under which it will be public if it is published.' }),
    state: t.field({
      type: TestimonyStateEnum,
      description: 'SUBMITTED, whatever became of it since.',
      resolve: () => 'SUBMITTED' as const,
    }),
    receipt: t.string({
      nullable: true,
      description: `Secret by which the author may say how to be reached, outside the graph: once, within ${RECEIPT_HOURS} hours, with the same key, by PUT /contacts/<id>. Null once it was used, and where the hub keeps none.`,
      resolve: ({ id }, _args, { receipts }) => receipts.secret(id),
    }),
    receiptUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the receipt may be used.',
      resolve: ({ id }, _args, { receipts }) => receipts.until(id),
    }),
  }),
});

const SubmitTestimonyPayload = builder.objectRef<Written>('SubmitTestimonyPayload').implement({
  description: 'What became of a new testimony.',
  fields: (t) => ({
    testimony: t.field({
      type: SubmittedTestimony,
      nullable: true,
      description: 'The testimony; null when it was not taken in.',
      resolve: ({ done }) => done,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Mistakes in the input: nothing was written.',
      resolve: ({ userErrors }) => [...userErrors],
    }),
  }),
});

builder.mutationField('submitTestimony', (t) =>
  t.field({
    type: SubmitTestimonyPayload,
    nullable: true,
    description:
      'Tells an experience with a public service, for whoever has a key; the moderation reads it first.',
    args: {
      input: t.arg({ type: SubmitTestimonyInput, required: true, description: 'The experience.' }),
    },
    resolve: (_root, { input }, { writing, today, receipts }) =>
      submitTestimony(writing, input, { today, receiptOf: receipts.of }),
  }),
);
