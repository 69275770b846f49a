import { keyFields } from '../../../kernel/graphql/mutation.ts';
import type { Outcome } from '../../../kernel/write/refused.ts';
import { builder, UserError } from '../builder.ts';
import { DocumentKindEnum, ProblemEnum, ReportStatusEnum } from '../report/enums.type.ts';
import { type Receipt, reportDocument } from './submit.ts';

const ReportDocumentInputType = builder.inputType('ReportDocumentInput', {
  description: 'A document that somebody found too complex.',
  fields: (t) => ({
    ...keyFields(t),
    network: t.id({ required: true, description: 'The network that the document comes from.' }),
    structure: t.id({ description: 'The structure that it comes from: one of this network.' }),
    site: t.id({ description: 'The site that it comes from: one of this network.' }),
    kind: t.field({ type: DocumentKindEnum, required: true, description: 'What the document is.' }),
    document: t.id({ description: 'The document itself, where it stands in the register.' }),
    url: t.field({
      type: 'URL',
      description: 'Where the page is: needed for a WEB_PAGE that no document is named for. Never public.',
    }),
    problems: t.field({
      type: [ProblemEnum],
      required: true,
      description: 'What makes it hard to understand; may be empty where the comment says it.',
    }),
    comment: t.string({ description: 'In your words, 4 000 characters at most. Never public.' }),
    suggestion: t.string({ description: 'How you would say it, 4 000 characters at most. Never public.' }),
    files: t.idList({
      description: 'Ids of up to five files that you sent with PUT /files within the last 24 hours.',
    }),
  }),
});

const Receipt = builder.objectRef<Receipt>('ReportReceipt').implement({
  description:
    'What was received: to be kept, for the report is not public before the network has examined it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id that the report has: REP-<uuid>.' }),
    status: t.field({
      type: ReportStatusEnum,
      description: 'RECEIVED, as every new report.',
      resolve: () => 'RECEIVED' as const,
    }),
    receivedOn: t.expose('receivedOn', { type: 'Date', description: 'Day of receipt.' }),
  }),
});

const ReportDocumentPayload = builder.objectRef<Outcome<Receipt>>('ReportDocumentPayload').implement({
  description: 'What became of a report.',
  fields: (t) => ({
    receipt: t.field({
      type: Receipt,
      nullable: true,
      description: 'What was received; null when there are mistakes.',
      resolve: ({ done }) => done,
    }),
    userErrors: t.field({
      type: [UserError],
      description: 'Mistakes in the input: nothing was written.',
      resolve: ({ userErrors }) => [...userErrors],
    }),
  }),
});

builder.mutationField('reportDocument', (t) =>
  t.field({
    type: ReportDocumentPayload,
    nullable: true,
    description: 'Reports a document as too complex: needs a key, of any role.',
    args: {
      input: t.arg({ type: ReportDocumentInputType, required: true, description: 'The document.' }),
    },
    resolve: (_root, { input }, { writing }) => reportDocument(writing, input),
  }),
);
