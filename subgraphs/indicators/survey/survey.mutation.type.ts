import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { keyFields } from '../../../kernel/graphql/mutation.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { type PublishedAnswers, publishSurveyAnswers } from './publish.ts';
import { type Sent, sendAnswers } from './send.ts';

const AnswerStepEnum = builder.enumType('SurveyAnswerStep', {
  ...internalOnly,
  description: 'The four steps of the scale of the common core.',
  values: {
    VERY_FAVOURABLE: { description: '« Très » (satisfait, simple…), or « Oui, tout à fait ».' },
    FAVOURABLE: { description: '« Plutôt », or « Oui, plutôt ».' },
    UNFAVOURABLE: { description: '« Plutôt pas », or « Non, plutôt pas ».' },
    VERY_UNFAVOURABLE: { description: '« Pas du tout », or « Non, pas du tout ».' },
  } as const,
});

const AnswerInput = builder.inputType('SurveyAnswerInput', {
  ...internalOnly,
  description: 'One answer to one question: neither who answered nor what somebody wrote.',
  fields: (t) => ({
    reference: t.string({
      required: true,
      description:
        'Your own reference of this answer, unique in the network: sent again, it counts once. Nothing that says who answered.',
    }),
    question: t.string({
      required: true,
      description:
        'Id or code of the indicator that the question stands for; its net rate is counted from the same answer.',
    }),
    site: t.id({ description: 'The site that it is about: one of site and structure.' }),
    structure: t.id({ description: 'The structure that it is about.' }),
    answeredOn: t.field({
      type: 'Date',
      required: true,
      description: 'Day of the answer, which says the period that it counts in.',
    }),
    answer: t.field({ type: AnswerStepEnum, required: true, description: 'The answer.' }),
  }),
});

const SendInput = builder.inputType('SendSurveyAnswersInput', {
  ...internalOnly,
  description: 'A batch of answers.',
  fields: (t) => ({
    ...keyFields(t),
    network: t.id({ required: true, description: 'Whose answers: id of a network.' }),
    answers: t.field({
      type: [AnswerInput],
      required: true,
      description: 'The answers, 1 000 at most; any number of requests.',
    }),
  }),
});

const SendPayload = builder.objectRef<Sent>('SendSurveyAnswersPayload').implement({
  ...internalOnly,
  description: 'What became of a batch: each answer is new, known or refused. Nothing is published yet.',
  fields: (t) => ({
    added: t.exposeInt('added', { description: 'Answers that are new; they wait.' }),
    known: t.exposeInt('known', { description: 'Answers that were there already: counted once.' }),
    refused: t.exposeInt('refused', { description: 'Answers that were not kept; `userErrors` says why.' }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why answers were refused, each by its place; the others are kept all the same.',
      resolve: ({ userErrors }) => userErrors,
    }),
  }),
});

const PublishInput = builder.inputType('PublishSurveyAnswersInput', {
  ...internalOnly,
  description: 'Whose answers to publish.',
  fields: (t) => ({
    ...keyFields(t),
    network: t.id({ required: true, description: 'Id of the network.' }),
  }),
});

const PublishPayload = builder.objectRef<Outcome<PublishedAnswers>>('PublishSurveyAnswersPayload').implement({
  ...internalOnly,
  description: 'What became of a publication of answers.',
  fields: (t) => ({
    publication: t.int({
      nullable: true,
      description: 'Number of the publication; null when nothing was published.',
      resolve: ({ done }) => done?.publication ?? null,
    }),
    answers: t.int({
      nullable: true,
      description: 'Answers that are counted now.',
      resolve: ({ done }) => done?.answers ?? null,
    }),
    results: t.int({
      nullable: true,
      description: 'Results that are new or changed.',
      resolve: ({ done }) => done?.results ?? null,
    }),
    left: t.int({
      nullable: true,
      description:
        'Answers that go on waiting: the network published their result otherwise, corrected or withdrew it.',
      resolve: ({ done }) => done?.left ?? null,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Why nothing was published.',
      resolve: ({ userErrors }) => [...userErrors],
    }),
  }),
});

builder.mutationFields((t) => ({
  sendSurveyAnswers: t.field({
    type: SendPayload,
    nullable: true,
    ...internal('drafts:write'),
    description:
      'Takes answers to surveys in; they wait, and no figure changes before `publishSurveyAnswers`.',
    args: { input: t.arg({ type: SendInput, required: true, description: 'The answers.' }) },
    resolve: (_root, { input }, { writing }) => sendAnswers(writing, input),
  }),
  publishSurveyAnswers: t.field({
    type: PublishPayload,
    nullable: true,
    ...internal('results:publish'),
    description: 'Counts and publishes all the answers of a network that wait, in one publication.',
    args: { input: t.arg({ type: PublishInput, required: true, description: 'Whose answers.' }) },
    resolve: (_root, { input }, { writing }) => publishSurveyAnswers(writing, input),
  }),
}));
