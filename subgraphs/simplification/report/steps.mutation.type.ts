import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { versionFields } from '../../../kernel/graphql/mutation.ts';
import { builder } from '../builder.ts';
import { disseminateRewrite } from './disseminate.ts';
import { DocumentKindEnum, ProblemEnum } from './enums.type.ts';
import { ReportPayload, written } from './payload.type.ts';
import { declineReport, reopenReport, rewriteAgain, startRewrite } from './steps.ts';
import { linkReportDocument, triageReport } from './triage.ts';

const ON = 'Day on which it was done; today when omitted. Not before the step before it.';

const TriageInput = builder.inputType('TriageReportInput', {
  ...internalOnly,
  description: 'What came out of the examination of a report.',
  fields: (t) => ({
    ...versionFields(t),
    publish: t.boolean({
      required: true,
      description: 'Whether everybody sees it: without what its reporter wrote, and without its files.',
    }),
    kind: t.field({ type: DocumentKindEnum, description: 'What the document is, where the reporter erred.' }),
    problems: t.field({
      type: [ProblemEnum],
      description: 'What makes it hard, in the place of what was said.',
    }),
    document: t.id({ description: 'The document of the register of this network, where it was recognised.' }),
    on: t.field({ type: 'Date', description: ON }),
  }),
});

const LinkInput = builder.inputType('LinkReportDocumentInput', {
  ...internalOnly,
  description: 'Of which document of the register a report is.',
  fields: (t) => ({
    ...versionFields(t),
    document: t.id({ description: 'A document of the register of its network; none when omitted.' }),
  }),
});

const StepInput = builder.inputType('ReportStepInput', {
  ...internalOnly,
  description: 'A report as it was read.',
  fields: (t) => ({ ...versionFields(t) }),
});

const DisseminateInput = builder.inputType('DisseminateRewriteInput', {
  ...internalOnly,
  description: 'A report whose last text was tested.',
  fields: (t) => ({ ...versionFields(t), on: t.field({ type: 'Date', description: ON }) }),
});

const ReasonInput = builder.inputType('ReportReasonInput', {
  ...internalOnly,
  description: 'A report as it was read, and why this is done to it.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({
      required: true,
      description: 'Why, for those who work on it and for the audit; 1 000 characters at most.',
    }),
  }),
});

const DeclineInput = builder.inputType('DeclineReportInput', {
  ...internalOnly,
  description: 'A report that will not be rewritten.',
  fields: (t) => ({
    ...versionFields(t),
    reason: t.string({
      required: true,
      description: 'Why, for those who work on it and for the audit; 1 000 characters at most.',
    }),
    on: t.field({ type: 'Date', description: ON }),
  }),
});

const WRITE = internal('simplification:write');

builder.mutationFields((t) => ({
  triageReport: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Examines a report that was received: it will be rewritten, and the public sees it or not.',
    args: { input: t.arg({ type: TriageInput, required: true, description: 'The outcome.' }) },
    resolve: (_root, { input }, context) => written(triageReport(context.writing, input), context, input.id),
  }),
  linkReportDocument: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Says of which document of the register a report is, whatever its state.',
    args: { input: t.arg({ type: LinkInput, required: true, description: 'The report and the document.' }) },
    resolve: (_root, { input }, context) =>
      written(linkReportDocument(context.writing, input), context, input.id),
  }),
  startRewrite: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Begins the rewriting of an examined report.',
    args: { input: t.arg({ type: StepInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input }, context) => written(startRewrite(context.writing, input), context, input.id),
  }),
  rewriteAgain: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Goes back from a test to the rewriting: the next version needs a test of its own.',
    args: { input: t.arg({ type: ReasonInput, required: true, description: 'The report, and why.' }) },
    resolve: (_root, { input }, context) => written(rewriteAgain(context.writing, input), context, input.id),
  }),
  disseminateRewrite: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Puts the new text in use; refused while its last version was not tested with users.',
    args: { input: t.arg({ type: DisseminateInput, required: true, description: 'The report.' }) },
    resolve: (_root, { input }, context) =>
      written(disseminateRewrite(context.writing, input), context, input.id),
  }),
  declineReport: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Decides not to rewrite a document.',
    args: { input: t.arg({ type: DeclineInput, required: true, description: 'The report, and why.' }) },
    resolve: (_root, { input }, context) => written(declineReport(context.writing, input), context, input.id),
  }),
  reopenReport: t.field({
    type: ReportPayload,
    nullable: true,
    ...WRITE,
    description: 'Takes a declined report up again, from its examination; until then it is not public.',
    args: { input: t.arg({ type: ReasonInput, required: true, description: 'The report, and why.' }) },
    resolve: (_root, { input }, context) => written(reopenReport(context.writing, input), context, input.id),
  }),
}));
