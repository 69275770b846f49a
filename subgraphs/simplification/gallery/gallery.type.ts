import { shareOrNull } from '../../../kernel/decimal.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder, PageInfo } from '../builder.ts';
import { AdministrativeDocument } from '../document/document.type.ts';
import { readabilityOf } from '../readability/readability.ts';
import { ReadabilityType } from '../readability/readability.type.ts';
import { DocumentKindEnum, ProblemEnum } from '../report/enums.type.ts';
import { SimplificationReport } from '../report/report.type.ts';
import { scoredOf } from '../rewrite/criteria.ts';
import { ExpertEnum, PlainLanguageScore } from '../rewrite/criteria.type.ts';
import type { BeforeAfterRow } from '../rewrite/tables.ts';
import { Network, Site, Structure, SUBJECTS } from '../subject/stubs.type.ts';

const GalleryFilterInput = builder.inputType('BeforeAfterFilter', {
  description: 'Restricts a selection of the gallery; every condition given must hold.',
  fields: (t) => ({
    network: t.id({ description: 'The document comes from this network.' }),
    structure: t.id({ description: 'It comes from this structure, or from one below it.' }),
    site: t.id({ description: 'It comes from this site.' }),
    territory: t.id({ description: 'Territory of the structure or site that it comes from.' }),
    kinds: t.field({ type: [DocumentKindEnum], description: 'The document is one of these.' }),
    problems: t.field({ type: [ProblemEnum], description: 'At least one of these problems was reported.' }),
    publishedFrom: t.field({ type: 'Date', description: 'Shown since that day or later.' }),
    publishedTo: t.field({ type: 'Date', description: 'Shown since that day or before.' }),
  }),
});

const BeforeAfter = builder.objectRef<BeforeAfterRow>('BeforeAfter').implement({
  description: 'A document before and after its rewriting: the new text was tested with users and is in use.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'REWRITE-<key of the report>-<number of the version>.' }),
    title: t.exposeString('title', { description: 'Its title.' }),
    kind: t.expose('kind', { type: DocumentKindEnum, description: 'What the document is.' }),
    problems: t.expose('problems', { type: [ProblemEnum], description: 'What made it hard to understand.' }),
    before: t.exposeString('before', { description: 'The text as it was.' }),
    after: t.exposeString('after', { description: 'The new text.' }),
    readabilityBefore: t.field({
      type: ReadabilityType,
      description: 'Readability of the text as it was.',
      resolve: ({ before }) => readabilityOf(before),
    }),
    readabilityAfter: t.field({
      type: ReadabilityType,
      description: 'Readability of the new text.',
      resolve: ({ after }) => readabilityOf(after),
    }),
    criteria: t.field({
      type: [PlainLanguageScore],
      description: 'How both texts meet the four criteria of plain language.',
      resolve: scoredOf,
    }),
    experts: t.expose('experts', {
      type: [ExpertEnum],
      description: 'Who was consulted: roles, never names.',
    }),
    testers: t.exposeInt('testers', { description: 'Users who tried the new text, in all its tests.' }),
    understoodShare: t.float({
      nullable: true,
      description: 'Share of them that understood, 0 to 1.',
      resolve: ({ understood, testers }) => shareOrNull(understood, testers),
    }),
    completedShare: t.float({
      nullable: true,
      description: 'Share of them that did what the document asks, 0 to 1.',
      resolve: ({ completed, testers }) => shareOrNull(completed, testers),
    }),
    receivedOn: t.expose('received_on', { type: 'Date', description: 'Day on which it was reported.' }),
    writtenOn: t.expose('written_on', {
      type: 'Date',
      description: 'Day on which the new text was written.',
    }),
    disseminatedOn: t.expose('disseminated_on', {
      type: 'Date',
      description: 'Day since which the new text is in use.',
    }),
    publishedOn: t.expose('published_on', { type: 'Date', description: 'Day since which it is shown.' }),
    days: t.int({
      description: 'Days from the report to the dissemination.',
      resolve: ({ received_on, disseminated_on }) =>
        (Date.parse(disseminated_on) - Date.parse(received_on)) / 86_400_000,
    }),
    report: t.field({
      type: SimplificationReport,
      nullable: true,
      description: 'The report that it answers.',
      resolve: ({ report_id }, _args, { loaders }) => loaders.report.load(report_id),
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
      description: 'The network that it comes from.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure that it comes from, where it is known.',
      resolve: ({ structure_id }) => stubOf(structure_id),
    }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site that it comes from, where it is known.',
      resolve: ({ site_id }) => stubOf(site_id),
    }),
  }),
});

const BeforeAfterConnection = connectionType(builder, PageInfo, 'BeforeAfter', BeforeAfter);

const LIST_ARGUMENTS = {
  ...pageArguments(builder),
  ...builder.args((t) => ({ filter: t.field({ type: GalleryFilterInput, description: 'Which of them.' }) })),
};

for (const { kind, type, whose } of SUBJECTS) {
  builder.objectField(type, 'beforeAfter', (t) =>
    t.field({
      type: BeforeAfterConnection,
      nullable: true,
      description: `Documents ${whose} before and after their rewriting, latest shown first.`,
      args: LIST_ARGUMENTS,
      resolve: ({ id }, { filter, ...page }, { gallery }) =>
        gallery(kind, id, { ...page, filter: filter ?? {} }),
    }),
  );
}

builder.queryFields((t) => ({
  beforeAfter: t.field({
    type: BeforeAfterConnection,
    nullable: true,
    description: 'Documents before and after their rewriting, latest shown first.',
    args: LIST_ARGUMENTS,
    resolve: (_root, { filter, ...page }, { gallery }) =>
      gallery('EVERYTHING', '', { ...page, filter: filter ?? {} }),
  }),
  beforeAfterOf: t.field({
    type: BeforeAfter,
    nullable: true,
    description: 'A document of the gallery, null when it shows none with this id.',
    args: { id: t.arg.id({ required: true, description: 'REWRITE-<key of the report>-<number>.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.beforeAfter.load(id),
  }),
}));
