import { internal, internalOnly } from '../../../kernel/graphql/access.ts';
import { connectionType, pageArguments } from '../../../kernel/graphql/connection.ts';
import { stubOf } from '../../../kernel/graphql/stub.ts';
import { builder, PageInfo, UserError } from '../builder.ts';
import { Network, Site, Structure, Territory } from '../stub/stub.type.ts';
import type { Draft, DraftResult } from './draft.query.ts';

const StateEnum = builder.enumType('ResultDraftState', {
  ...internalOnly,
  description: 'Where a draft stands.',
  values: {
    DRAFT: { description: 'It may be changed, discarded or published.' },
    PUBLISHED: { description: 'Its results were published.' },
    DISCARDED: { description: 'It was put away.' },
  } as const,
});

const DraftResultType = builder.objectRef<DraftResult>('DraftResult').implement({
  ...internalOnly,
  description: 'A result as it was typed; decimals are text, exactly as sent.',
  fields: (t) => ({
    rank: t.int({ description: 'Rank in the draft, from 0.', resolve: ({ rank }) => rank - 1 }),
    indicator: t.exposeString('indicator', { description: 'Id or code of the indicator, as sent.' }),
    site: t.field({
      type: Site,
      nullable: true,
      description: 'The site, by the id that was sent.',
      resolve: ({ site }) => stubOf(site),
    }),
    structure: t.field({
      type: Structure,
      nullable: true,
      description: 'The structure, by the id that was sent.',
      resolve: ({ structure }) => stubOf(structure),
    }),
    territory: t.field({
      type: Territory,
      nullable: true,
      description: 'The territory, by the id that was sent.',
      resolve: ({ territory }) => stubOf(territory),
    }),
    siteId: t.exposeString('site', { nullable: true, description: 'Id of the site, as sent.' }),
    structureId: t.exposeString('structure', {
      nullable: true,
      description: 'Id of the structure, as sent.',
    }),
    territoryId: t.exposeString('territory', {
      nullable: true,
      description: 'Id of the territory, as sent.',
    }),
    period: t.exposeString('period', { description: 'Period, as sent.' }),
    value: t.exposeString('value', { nullable: true, description: 'Value, as sent.' }),
    numerator: t.exposeString('numerator', { nullable: true, description: 'Numerator, as sent.' }),
    denominator: t.exposeString('denominator', { nullable: true, description: 'Denominator, as sent.' }),
    respondents: t.exposeInt('respondents', { nullable: true, description: 'Users who answered.' }),
    veryFavourable: t.exposeInt('very_favourable', {
      nullable: true,
      description: 'Very favourable answers.',
    }),
    favourable: t.exposeInt('favourable', { nullable: true, description: 'Favourable answers.' }),
    unfavourable: t.exposeInt('unfavourable', { nullable: true, description: 'Unfavourable answers.' }),
    veryUnfavourable: t.exposeInt('very_unfavourable', {
      nullable: true,
      description: 'Very unfavourable answers.',
    }),
  }),
});
const DraftResults = connectionType(builder, PageInfo, 'DraftResult', DraftResultType, { internal: true });

export const ResultDraft = builder.objectRef<Draft>('ResultDraft').implement({
  ...internal('drafts:write'),
  description: 'Results that a network prepares; nobody else sees them before they are published.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the draft.' }),
    network: t.field({
      type: Network,
      nullable: true,
      description: 'Whose draft it is.',
      resolve: ({ network_id }) => stubOf(network_id),
    }),
    title: t.exposeString('title', { description: 'Title, for those who work on it.' }),
    state: t.expose('state', { type: StateEnum, description: 'Where it stands.' }),
    version: t.exposeInt('version', {
      description: 'Rises with every change: what the next command on the draft asks for.',
    }),
    publication: t.int({
      nullable: true,
      description: 'Number of the publication that it became.',
      resolve: ({ publication }) => (publication === null ? null : Number(publication)),
    }),
    createdAt: t.expose('created_at', { type: 'DateTime', description: 'When it was made.' }),
    createdBy: t.exposeString('created_by', { description: 'The key or the person who made it.' }),
    updatedAt: t.expose('updated_at', { type: 'DateTime', description: 'When it was last written.' }),
    updatedBy: t.exposeString('updated_by', { description: 'The key or the person who last wrote it.' }),
    problems: t.field({
      type: [UserError],
      description:
        'What stood in the way of its publication when it was saved; `publishResults` judges again. Paths are those of `saveResultDraft`.',
      resolve: ({ problems }) => problems,
    }),
    results: t.field({
      type: DraftResults,
      nullable: true,
      description: 'Its results, in the order in which they were sent.',
      args: pageArguments(builder),
      resolve: (draft, args, { drafts }) => drafts.results(draft, args),
    }),
  }),
});
const ResultDrafts = connectionType(builder, PageInfo, 'ResultDraft', ResultDraft, { internal: true });

builder.queryFields((t) => ({
  resultDraft: t.field({
    type: ResultDraft,
    nullable: true,
    ...internal('drafts:write'),
    description: 'A draft of results; null when unknown, or of another network.',
    args: { id: t.arg.id({ required: true, description: 'Id of the draft.' }) },
    resolve: (_root, { id }, { drafts }) => drafts.draft(id),
  }),
  resultDrafts: t.field({
    type: ResultDrafts,
    nullable: true,
    ...internal('drafts:write'),
    description:
      'Drafts of results of a network, the latest first; none of a network that is unknown or another.',
    args: {
      network: t.arg.id({ required: true, description: 'Id of the network.' }),
      ...pageArguments(builder),
    },
    resolve: (_root, { network, ...paging }, { drafts }) => drafts.drafts(network, paging),
  }),
}));
