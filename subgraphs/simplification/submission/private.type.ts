import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { builder } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { SimplificationReport } from '../report/report.type.ts';
import type { ReportRow } from '../tables.ts';
import type { Attachment } from './private.query.ts';

const AttachmentType = builder.objectRef<Attachment>('Attachment').implement({
  ...internalOnly,
  description: 'A file that came with a report: GET /files/<id> gives it to those who see the report.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'FILE-<uuid>.' }),
    type: t.exposeString('type', { description: 'Media type of its content, such as application/pdf.' }),
    bytes: t.exposeInt('bytes', { description: 'Its size in bytes.' }),
  }),
});

/** What the viewer may see of what the reporter wrote: null for reports out of reach. */
const privatePart = ({ id }: ReportRow, { loaders }: SimplificationContext) => loaders.privatePart.load(id);

builder.objectFields(SimplificationReport, (t) => ({
  comment: t.string({
    nullable: true,
    ...internal('simplification:read'),
    description:
      'What the reporter said of it. Never public; null once erased, and of networks out of reach.',
    resolve: async (report, _args, context) => (await privatePart(report, context))?.comment ?? null,
  }),
  suggestion: t.string({
    nullable: true,
    ...internal('simplification:read'),
    description: 'How the reporter would say it. Never public.',
    resolve: async (report, _args, context) => (await privatePart(report, context))?.suggestion ?? null,
  }),
  url: t.field({
    type: 'URL',
    nullable: true,
    ...internal('simplification:read'),
    description: 'Where the reported page is. Never public: an address may say who asked.',
    resolve: async (report, _args, context) => (await privatePart(report, context))?.url ?? null,
  }),
  attachments: t.field({
    type: [AttachmentType],
    nullable: true,
    ...internal('simplification:read'),
    description: 'Files that came with it, five at most. Never public; null for networks out of reach.',
    resolve: async (report, _args, context) => (await privatePart(report, context))?.attachments ?? null,
  }),
}));
