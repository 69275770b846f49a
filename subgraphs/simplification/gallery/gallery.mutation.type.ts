import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { ReportPayload, written } from '../report/payload.type.ts';
import { publishBeforeAfter, withdrawBeforeAfter } from './publish.ts';

const PublishInput = builder.inputType('PublishBeforeAfterInput', {
  ...internalOnly,
  description: 'A report whose text before and after is to be shown.',
  fields: (t) => ({
    ...versionFields(t),
    title: t.string({ required: true, description: 'Under which title, 300 characters at most.' }),
  }),
});

const WithdrawInput = builder.inputType('WithdrawBeforeAfterInput', {
  ...internalOnly,
  description: 'A report whose texts are not to be shown any more.',
  fields: (t) => ({ ...versionFields(t) }),
});

const WRITE = internal('simplification:write');

builder.mutationFields((t) => ({
  publishBeforeAfter: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Shows everybody the text in use and the one before it.',
    args: { input: t.arg({ type: PublishInput, required: true, description: 'The report and the title.' }) },
    resolve: (_root, { input }, context) =>
      written(publishBeforeAfter(context.writing, input), context, input.id),
  }),
  withdrawBeforeAfter: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Takes the texts of a report out of the gallery.',
    args: { input: t.arg({ type: WithdrawInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input }, context) =>
      written(withdrawBeforeAfter(context.writing, input), context, input.id),
  }),
}));
