import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { keyFields, payloadType, stepEnum, versionFields } from '../../../kernel/graphql/mutation.ts';
import { cleanText } from '../../../kernel/text.ts';
import { possibleSteps } from '../../../kernel/write/workflow.ts';
import { builder, UserError } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { DocumentKindEnum } from '../report/enums.type.ts';
import type { DocumentRow } from '../tables.ts';
import { advanceDocument } from './advance.ts';
import { AdministrativeDocument } from './document.type.ts';
import { documentWorkflow } from './document.workflow.ts';
import { AdministrativeDocumentConnection } from './list.type.ts';
import { saveDocument } from './save.ts';
import type { DocumentWork } from './work.query.ts';

const StepEnum = stepEnum(builder, 'DocumentStep', documentWorkflow);

const StateEnum = builder.enumType('DocumentState', {
  ...internalOnly,
  description: 'Whether a document is in the public register.',
  values: {
    DRAFT: { description: documentWorkflow.states.DRAFT },
    PUBLISHED: { description: documentWorkflow.states.PUBLISHED },
    WITHDRAWN: { description: documentWorkflow.states.WITHDRAWN },
  },
});

/** A document as those who keep the register see it; null for one out of reach. */
const workOf = async (row: DocumentRow, { loaders }: SimplificationContext): Promise<DocumentWork | null> =>
  isWork(row) ? row : loaders.documentWork.load(row.id);

const isWork = (row: DocumentRow): row is DocumentWork => 'version' in row;

const READ = internal('simplification:read');
const WRITE = internal('simplification:write');

builder.objectFields(AdministrativeDocument, (t) => ({
  version: t.int({
    nullable: true,
    ...READ,
    description: 'What mutations on it ask for. Null for networks out of reach.',
    resolve: async (row, _args, context) => (await workOf(row, context))?.version ?? null,
  }),
  state: t.field({
    type: StateEnum,
    nullable: true,
    ...READ,
    description: 'Whether it is in the public register; null for networks out of reach.',
    resolve: async (row, _args, context) => (await workOf(row, context))?.state ?? null,
  }),
  possibleSteps: t.field({
    type: [StepEnum],
    nullable: true,
    ...READ,
    description: 'What may be done next; null for networks out of reach.',
    resolve: async (row, _args, context) => {
      const work = await workOf(row, context);
      return work && possibleSteps(documentWorkflow, work.state);
    },
  }),
}));

builder.queryField('unpublishedDocuments', (t) =>
  t.field({
    type: AdministrativeDocumentConnection,
    nullable: true,
    ...READ,
    description:
      'Documents of a network that are not in its public register: drafts, and what was withdrawn; by id.',
    args: {
      network: t.arg.id({ required: true, description: 'The network; nothing of one out of reach.' }),
      ...pageArguments(builder),
    },
    resolve: (_root, { network, ...page }, { unpublishedDocuments }) =>
      unpublishedDocuments(cleanText(network, 'network'), page),
  }),
);

const DocumentPayload = payloadType(builder, UserError, 'AdministrativeDocumentPayload', {
  field: 'document',
  type: AdministrativeDocument,
  // Read anew: another command of the same request may have changed it.
  load: (id, { fresh }: SimplificationContext) => fresh.document(id),
});

const SaveDocumentInput = builder.inputType('SaveDocumentInput', {
  ...internalOnly,
  description: 'A document of the register, new or as it is from now on.',
  fields: (t) => ({
    ...keyFields(t),
    network: t.id({ required: true, description: 'The network that it comes from.' }),
    id: t.id({ description: 'The document to change; a new draft when omitted.' }),
    version: t.int({
      description: 'The `version` of the document that was read: another one is a CONFLICT.',
    }),
    title: t.string({ required: true, description: 'Its title, 300 characters at most.' }),
    kind: t.field({ type: DocumentKindEnum, required: true, description: 'What it is.' }),
    reference: t.string({
      description: 'Number or name that the administration gives it, 100 characters at most.',
    }),
    url: t.field({ type: 'URL', description: 'Where it is online.' }),
  }),
});

const AdvanceDocumentInput = builder.inputType('AdvanceDocumentInput', {
  ...internalOnly,
  description: 'A document as it was read, and what to do with it.',
  fields: (t) => ({
    ...versionFields(t),
    step: t.field({ type: StepEnum, required: true, description: 'What is done.' }),
  }),
});

builder.mutationFields((t) => ({
  saveDocument: t.field({
    type: DocumentPayload,
    nullable: true,
    ...WRITE,
    description: 'Keeps a document in the register of a network; of headquarters and DITP.',
    args: { input: t.arg({ type: SaveDocumentInput, required: true, description: 'The document.' }) },
    resolve: (_root, { input }, { writing }) => saveDocument(writing, input),
  }),
  advanceDocument: t.field({
    type: DocumentPayload,
    nullable: true,
    ...WRITE,
    description: 'Shows a document in the public register, or takes it out of it.',
    args: {
      input: t.arg({ type: AdvanceDocumentInput, required: true, description: 'The document and the step.' }),
    },
    resolve: (_root, { input }, { writing }) => advanceDocument(writing, input),
  }),
}));
