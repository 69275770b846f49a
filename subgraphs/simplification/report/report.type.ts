import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, PageInfo } from '../builder.ts';
import type { SimplificationContext } from '../context.ts';
import { AdministrativeDocument } from '../document/document.type.ts';
import { Network, Site, Structure, SUBJECTS } from '../subject/stubs.type.ts';
import type { ReportRow } from '../tables.ts';
import { DocumentKindEnum, ProblemEnum, ReporterEnum, ReportStatusEnum } from './enums.type.ts';
import { ReportFilterInput } from './filter.type.ts';

export const SimplificationReport = builder.objectRef<ReportRow>('SimplificationReport').implement({
  description: 'A letter, e-mail, form or page reported as too complex, and how far its rewriting is.',
  directives: [
    { name: 'key', args: { fields: 'id' } },
    { name: 'key', args: { fields: 'ref' } },
  ],
  extensions: resolvable<SimplificationContext>(({ id, ref }, { loaders }) =>
    loaders.report.load(String(id ?? ref)),
  ),
  fields: (t) => ({
    id: t.exposeID('id', { description: 'REP-<key>.' }),
    ref: t.exposeID('id', {
      directives: { inaccessible: {} },
      description: 'The same id, by which `node` finds it.',
    }),
    kind: t.expose('kind', { type: DocumentKindEnum, description: 'What was reported.' }),
    problems: t.expose('problems', { type: [ProblemEnum], description: 'What makes it hard to understand.' }),
    reportedBy: t.expose('reported_by', { type: ReporterEnum, description: 'Who reported it.' }),
    status: t.expose('status', { type: ReportStatusEnum, description: 'How far its rewriting is.' }),
    receivedOn: t.expose('received_on', { type: 'Date', description: 'Day of receipt.' }),
    triagedOn: t.expose('triaged_on', { type: 'Date', nullable: true, description: 'Day of examination.' }),
    rewrittenOn: t.expose('rewritten_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which its new version was written.',
    }),
    testedOn: t.expose('tested_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which users tested the new version.',
    }),
    disseminatedOn: t.expose('disseminated_on', {
      type: 'Date',
      nullable: true,
      description: 'Day since which the new version is in use.',
    }),
    declinedOn: t.expose('declined_on', {
      type: 'Date',
      nullable: true,
      description: 'Day on which it was decided not to rewrite it.',
    }),
    document: t.field({
      type: AdministrativeDocument,
      nullable: true,
      description: 'The document of the register, where it was recognised.',
      resolve: ({ document_id }, _args, { loaders }) =>
        document_id === null ? null : loaders.document.load(document_id),
    }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'The network that the document comes from.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that the document comes from, where it is known.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that the document comes from, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
  }),
});

export const SimplificationReportConnection = connectionType(
  builder,
  PageInfo,
  'SimplificationReport',
  SimplificationReport,
);

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: ReportFilterInput, description: 'Which of them.' }) })),
};

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'simplificationReports', (t) =>
    t.field({
      type: SimplificationReportConnection,
      nullable: true,
      description: `Documents reported as too complex ${whose}, latest received first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { reports }) =>
        reports(kind, id, { ...page, filter: filter ?? {} }),
    }),
  );
}

builder.queryFields((t) => ({
  simplificationReport: t.field({
    type: SimplificationReport,
    nullable: true,
    description: 'A published report, null when there is none with this id.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.report.load(id),
  }),
  simplificationReports: t.field({
    type: SimplificationReportConnection,
    nullable: true,
    description: 'Documents reported as too complex, latest received first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { reports }) =>
      reports('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
}));
