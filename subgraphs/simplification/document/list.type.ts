import { badInput } from '../../../kernel/errors.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import { DocumentKindEnum } from '../report/enums.type.ts';
import { ReportFilterInput } from '../report/filter.type.ts';
import { SimplificationReportConnection } from '../report/report.type.ts';
import { Network } from '../subject/stubs.type.ts';
import { AdministrativeDocument } from './document.type.ts';
import type { DocumentFilter } from './list.query.ts';

const DocumentFilterInput = builder.inputType('AdministrativeDocumentFilter', {
  description: 'Restricts a selection of the register; every condition given must hold.',
  fields: (t) => ({
    network: t.id({ description: 'The document comes from this network.' }),
    kinds: t.field({ type: [DocumentKindEnum], description: 'The document is one of these.' }),
    minReports: t.int({ description: 'It was reported at least so many times, 1 or more.' }),
  }),
});

export const AdministrativeDocumentConnection = connectionType(
  builder,
  PageInfo,
  'AdministrativeDocument',
  AdministrativeDocument,
);

builder.objectFields(AdministrativeDocument, (t) => ({
  reportCount: t.int({
    description: 'How often it was reported as too complex, in public reports.',
    resolve: async ({ id }, _args, { loaders }) => (await loaders.complexity.load(id))?.reports ?? 0,
  }),
  lastRewrittenOn: t.field({
    type: 'Date',
    nullable: true,
    description: 'Day of the last new text that is in use; null when none is known.',
    resolve: async ({ id }, _args, { loaders }) =>
      (await loaders.complexity.load(id))?.last_rewritten_on ?? null,
  }),
  reports: t.field({
    type: SimplificationReportConnection,
    nullable: true,
    description: 'Reports of it as too complex, latest received first.',
    args: {
      ...pageArguments(builder),
      filter: t.arg({ type: ReportFilterInput, description: 'Which of them.' }),
    },
    resolve: ({ id }, { filter, ...page }, { reports }) =>
      reports('DOCUMENT', id, { ...page, filter: filter ?? {} }),
  }),
}));

const ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: DocumentFilterInput, description: 'Which of them.' }) })),
};

/** @throws HubError BAD_USER_INPUT for a number of reports below 1 */
function filterOf(filter: DocumentFilter | null | undefined): DocumentFilter {
  const { minReports } = filter ?? {};
  if (typeof minReports === 'number' && minReports < 1) throw badInput('"minReports" must be 1 or more.');
  return filter ?? {};
}

builder.objectField(Network, 'administrativeDocuments', (t) =>
  t.field({
    type: AdministrativeDocumentConnection,
    nullable: true,
    description: 'Its public register of documents, by title.',
    args: ARGUMENTS,
    resolve: ({ id }, { filter, ...page }, { register }) =>
      register('NETWORK', id, { ...page, filter: filterOf(filter) }),
  }),
);

builder.queryField('administrativeDocuments', (t) =>
  t.field({
    type: AdministrativeDocumentConnection,
    nullable: true,
    description: 'The public registers of documents of all networks, by title.',
    args: ARGUMENTS,
    resolve: (_root, { filter, ...page }, { register }) =>
      register('EVERYTHING', '', { ...page, filter: filterOf(filter) }),
  }),
);
