import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, Provenance } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { described } from '../enums.ts';
import { idOf } from '../input.ts';
import { provenanceOf } from '../provenance.ts';
import {
  CommitmentDisplayConnection,
  CommitmentDisplayType,
  CommitmentType,
  NetworkCommitmentType,
  NetworkType,
  NodeInterface,
  SiteType,
} from '../refs.ts';
import { displaysPage, versionOf, wordingSource } from './commitment.page.ts';
import { type Correspondence, DISPLAY_PLACES } from './commitment.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Commitment', value);
  return id === null ? null : loaders.commitment.byId.load(id);
};

CommitmentType.implement({
  description: 'One of the commitments of the programme, in one of its two versions.',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context) => byId(String(id), context)),
  fields: (t) => ({
    version: t.exposeString('version', { description: 'Year of its list: 2021 (nine) or 2024 (eight).' }),
    code: t.exposeString('code', { description: 'Code in its list, such as E4.' }),
    position: t.exposeInt('position', { description: 'Rank in its list, from 1.' }),
    title: t.exposeString('title', { description: 'Official wording, in French.' }),
    shortTitle: t.exposeString('shortTitle', { nullable: true, description: 'Shorter official wording.' }),
    heading: t.exposeString('heading', {
      nullable: true,
      description: 'Heading on the poster of 2021: PROCHES, EFFICACES or SIMPLES.',
    }),
    source: t.exposeString('source', { description: 'The document that it was taken from.' }),
    correspondsTo: t.field({
      type: [CommitmentType],
      description: 'What it became, or comes from, in the other version; none when it is new.',
      resolve: async ({ id }, _args, { loaders: { commitment } }) => {
        const pairs = await commitment.correspondences.load(id);
        const others = await Promise.all(pairs.map(({ commitmentId }) => commitment.byId.load(commitmentId)));
        return others.filter((other) => other !== null);
      },
    }),
    correspondences: t.field({
      type: [CorrespondenceType],
      description: 'The same, saying whether several commitments were merged.',
      resolve: ({ id }, _args, { loaders }) => loaders.commitment.correspondences.load(id),
    }),
    wordings: t.field({
      type: [NetworkCommitmentType],
      description: 'How networks put it in their own words, by network.',
      resolve: ({ id }, _args, { loaders }) => loaders.commitment.wordings.load(id),
    }),
  }),
});

const CorrespondenceType = builder.objectRef<Correspondence>('CommitmentCorrespondence').implement({
  description: 'A commitment of the other version that says the same; our reading.',
  fields: (t) => ({
    commitment: t.field({
      type: CommitmentType,
      nullable: true,
      description: 'The commitment of the other version.',
      resolve: ({ commitmentId }, _args, { loaders }) => loaders.commitment.byId.load(commitmentId),
    }),
    merged: t.exposeBoolean('merged', { description: 'Whether several of 2021 became one of 2024.' }),
  }),
});

NetworkCommitmentType.implement({
  description: 'A commitment in the own words of a network.',
  fields: (t) => ({
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.network.byId.load(networkId),
    }),
    commitment: t.field({
      type: CommitmentType,
      nullable: true,
      description: 'The commitment of the programme.',
      resolve: ({ commitmentId }, _args, { loaders }) => loaders.commitment.byId.load(commitmentId),
    }),
    wording: t.exposeString('wording', { description: 'Its own words, in French.' }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    version: t.exposeInt('version', {
      description: 'Rises with every change, from 1: what a writer says to have read.',
    }),
    displays: t.field({
      type: CommitmentDisplayConnection,
      description: 'Where the network displays it.',
      args: pageArguments(builder),
      resolve: displaysPage,
    }),
    source: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the wording comes from.',
      resolve: wordingSource,
    }),
  }),
});

const DisplayPlace = builder.enumType('DisplayPlace', {
  description: 'Where a commitment is displayed.',
  values: described(DISPLAY_PLACES, {
    RECEPTION: 'In a place of reception.',
    WEB: 'On the web.',
  }),
});

CommitmentDisplayType.implement({
  description: 'A commitment shown to users: by whom, where, since when.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Readable id.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'Who displays it.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.network.byId.load(networkId),
    }),
    commitment: t.field({
      type: CommitmentType,
      nullable: true,
      description: 'What is displayed.',
      resolve: ({ commitmentId }, _args, { loaders }) => loaders.commitment.byId.load(commitmentId),
    }),
    site: t.field({
      type: SiteType,
      nullable: true,
      description: 'In which place of reception; null on the web.',
      resolve: ({ siteId }, _args, { loaders }) => (siteId === null ? null : loaders.site.byId.load(siteId)),
    }),
    place: t.expose('place', { type: DisplayPlace, description: 'In a place of reception or on the web.' }),
    url: t.exposeString('url', { nullable: true, description: 'The page, as published.' }),
    since: t.expose('since', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    source: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the fact comes from.',
      resolve: ({ importId }, _args, context) => provenanceOf(importId, null, context),
    }),
  }),
});

builder.queryFields((t) => ({
  commitments: t.field({
    type: [CommitmentType],
    nullable: true,
    description: 'The commitments of the programme, newest version first, in their official order.',
    args: { version: t.arg.id({ description: 'Year of a list, 2021 or 2024; both when omitted.' }) },
    resolve: (_root, { version }, { loaders }) => loaders.commitment.list(versionOf(version)),
  }),
  commitment: t.field({
    type: CommitmentType,
    nullable: true,
    description: 'A commitment by id; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'COMMITMENT-E4 or COMMITMENT-2021-4.' }) },
    resolve: (_root, { id }, context) => byId(id, context),
  }),
}));
