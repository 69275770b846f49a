import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, Provenance } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { ChannelEnum } from '../enums.ts';
import { idOf, textOf } from '../input.ts';
import { provenanceOf } from '../provenance.ts';
import { NetworkType, NodeInterface, ProcedureConnection, ProcedureType, TerritoryType } from '../refs.ts';
import { proceduresPage } from './procedure.page.ts';
import type { AnnouncedDelay } from './procedure.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Procedure', value);
  return id === null ? null : loaders.procedure.byId.load(id);
};

const AnnouncedDelayType = builder.objectRef<AnnouncedDelay>('AnnouncedDelay').implement({
  description: 'How long a network says that a procedure takes (commitment 4).',
  fields: (t) => ({
    days: t.exposeInt('days', { description: 'Days.' }),
    channel: t.expose('channel', { type: ChannelEnum, description: 'How the request is made.' }),
    announcedOn: t.expose('announcedOn', { type: 'Date', description: 'Day of the announcement.' }),
    territory: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'The territory that announced it.',
      resolve: ({ territoryId }, _args, { loaders }) => loaders.territory.byId.load(territoryId),
    }),
    inherited: t.exposeBoolean('inherited', {
      description: 'Whether the territory asked announced none, so that this is the one above it.',
    }),
    source: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the fact comes from.',
      resolve: ({ importId }, _args, context) => provenanceOf(importId, null, context),
    }),
  }),
});

ProcedureType.implement({
  description: 'An administrative procedure of a network.',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context) => byId(String(id), context)),
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name, in French.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that handles it.',
      resolve: ({ networkId }, _args, { loaders }) =>
        networkId === null ? null : loaders.network.byId.load(networkId),
    }),
    flagship: t.exposeBoolean('flagship', {
      description: 'Whether it is the flagship procedure (démarche phare) of its network.',
    }),
    url: t.exposeString('url', { nullable: true, description: 'Where to begin it on the web.' }),
    announcedDelays: t.field({
      type: [AnnouncedDelayType],
      description:
        'The latest announcement per territory and channel; with a territory, one per channel: its own, or that of the closest territory above.',
      args: {
        territory: t.arg.id({ description: 'What holds for this territory.' }),
        channel: t.arg({ type: ChannelEnum, description: 'Only this channel.' }),
      },
      resolve: ({ id }, { territory, channel }, { loaders }) =>
        loaders.procedure
          .delays({ territory: textOf(territory, 'territory'), channel: channel ?? null })
          .load(id),
    }),
    source: t.field({
      type: Provenance,
      nullable: true,
      description: 'Where the fact comes from.',
      resolve: ({ importId }, _args, context) => provenanceOf(importId, null, context),
    }),
  }),
});

builder.queryFields((t) => ({
  procedure: t.field({
    type: ProcedureType,
    nullable: true,
    description: 'A procedure by id; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'PROC- and its key.' }) },
    resolve: (_root, { id }, context) => byId(id, context),
  }),
  procedures: t.field({
    type: ProcedureConnection,
    nullable: true,
    description: 'The procedures of every network, by name.',
    args: {
      ...pageArguments(builder),
      network: t.arg.id({ description: 'Only those of this network.' }),
      flagship: t.arg.boolean({ description: 'Only flagship procedures, or only the others.' }),
      search: t.arg.string({ description: 'Words of the name.' }),
    },
    resolve: (_root, args, context) => proceduresPage(args, context),
  }),
}));
