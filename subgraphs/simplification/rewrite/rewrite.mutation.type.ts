import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { ReportPayload, written } from '../report/payload.type.ts';
import { CriterionEnum, ExpertEnum } from './criteria.type.ts';
import { saveRewrite } from './save.ts';
import { recordUserTest } from './user-test.ts';

const PlainLanguageScoreInput = builder.inputType('PlainLanguageScoreInput', {
  ...internalOnly,
  description: 'How a text meets one criterion: 0 not at all, 1 hardly, 2 mostly, 3 wholly.',
  fields: (t) => ({
    criterion: t.field({ type: CriterionEnum, required: true, description: 'The criterion.' }),
    before: t.int({ required: true, description: 'Score of the text before, 0 to 3.' }),
    after: t.int({ required: true, description: 'Score of the text after, 0 to 3.' }),
  }),
});

const SaveRewriteInput = builder.inputType('SaveRewriteInput', {
  ...internalOnly,
  description: 'A new version of the text of a report that is being rewritten.',
  fields: (t) => ({
    ...versionFields(t),
    before: t.string({
      required: true,
      description: 'The text as it was, 20 000 characters at most. A model: nothing of a user’s own file.',
    }),
    after: t.string({ required: true, description: 'The new text, 20 000 characters at most.' }),
    criteria: t.field({
      type: [PlainLanguageScoreInput],
      required: true,
      description: 'The four criteria, each once.',
    }),
    assessment: t.string({ description: 'The same in words, 4 000 characters at most.' }),
    experts: t.field({ type: [ExpertEnum], description: 'Who was consulted.' }),
    on: t.field({ type: 'Date', description: 'Day on which it was written; today when omitted.' }),
  }),
});

const RecordUserTestInput = builder.inputType('RecordUserTestInput', {
  ...internalOnly,
  description: 'How users did with the last version of a text.',
  fields: (t) => ({
    ...versionFields(t),
    rewrite: t.int({ required: true, description: '`number` of the version that was tested: the last one.' }),
    testers: t.int({ required: true, description: 'How many tried, at least 1.' }),
    understood: t.int({ required: true, description: 'Of these, how many understood.' }),
    completed: t.int({ required: true, description: 'Of these, how many did what the document asks.' }),
    remarks: t.string({
      description: 'What came out of it, 4 000 characters at most. Never public; no names of testers.',
    }),
    on: t.field({ type: 'Date', description: 'Day of the test; today when omitted.' }),
    session: t.id({ description: 'The test session in which it took place: held, of this network.' }),
  }),
});

const WRITE = internal('simplification:write');

builder.mutationFields((t) => ({
  saveRewrite: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description:
      'Keeps a new version of the text, with its assessment by the four criteria of plain language.',
    args: { input: t.arg({ type: SaveRewriteInput, required: true, description: 'The texts.' }) },
    resolve: (_root, { input }, context) => written(saveRewrite(context.writing, input), context, input.id),
  }),
  recordUserTest: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Records a test of the last version with users, without which nothing is disseminated.',
    args: { input: t.arg({ type: RecordUserTestInput, required: true, description: 'The test.' }) },
    resolve: (_root, { input }, context) =>
      written(recordUserTest(context.writing, input), context, input.id),
  }),
}));
