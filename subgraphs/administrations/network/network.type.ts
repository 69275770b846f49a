import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { described, PublicationLevel } from '../enums.ts';
import { idOf, searchOf, textOf, textsOf } from '../input.ts';
import { proceduresPage } from '../procedure/procedure.page.ts';
import {
  MinistryType,
  NetworkCommitmentType,
  NetworkType,
  NodeInterface,
  PivotType,
  ProcedureConnection,
  TypologyType,
} from '../refs.ts';
import { NETWORK_ORDERS } from './network.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Network', value);
  return id === null ? null : loaders.network.byId.load(id);
};

const NetworkOrderEnum = builder.enumType('NetworkOrder', {
  description: 'Order of a list of networks; the id decides between equals.',
  values: described(NETWORK_ORDERS, {
    NAME_ASC: 'By name, without accents or case.',
    CODE_ASC: 'By code.',
  }),
});

NetworkType.implement({
  description: 'A network of public services, such as the family allowance funds (CAF).',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context) => byId(String(id), context)),
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Short code, never renamed.' }),
    name: t.exposeString('name', { description: 'Official name.' }),
    ministry: t.field({
      type: MinistryType,
      nullable: true,
      description: 'Ministry in charge.',
      resolve: ({ ministryId }, _args, { loaders }) =>
        ministryId === null ? null : loaders.network.ministry.load(ministryId),
    }),
    finestLevel: t.expose('finestLevel', {
      type: PublicationLevel,
      description: 'Finest level at which it publishes results today.',
    }),
    hasIvr: t.exposeBoolean('hasIvr', {
      description: 'Whether an interactive voice server (SVI) answers its telephone.',
    }),
    countsInTransparency: t.exposeBoolean('countsInTransparency', {
      description: 'Whether it counts in the transparency rate; consulates do not.',
    }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day of a network that exists no more.',
    }),
    successor: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that replaced it.',
      resolve: ({ successorId }, _args, { loaders }) =>
        successorId === null ? null : loaders.network.byId.load(successorId),
    }),
    predecessors: t.field({
      type: [NetworkType],
      description: 'The networks that it replaced, oldest first.',
      resolve: ({ id }, _args, { loaders }) => loaders.network.predecessors.load(id),
    }),
    pivots: t.field({
      type: [PivotType],
      description: 'Kinds of place of the State directory that belong to it.',
      resolve: ({ id }, _args, { loaders }) => loaders.network.pivots.load(id),
    }),
    typologies: t.field({
      type: [TypologyType],
      description: 'Kinds of structure that it has.',
      resolve: ({ id }, _args, { loaders }) => loaders.network.typologies.load(id),
    }),
    commitments: t.field({
      type: [NetworkCommitmentType],
      description: 'The commitments in its own words, newest version first.',
      resolve: ({ id }, _args, { loaders }) => loaders.commitment.wordingsOfNetwork.load(id),
    }),
    procedures: t.field({
      type: ProcedureConnection,
      description: 'Its administrative procedures, by name.',
      args: {
        ...pageArguments(builder),
        flagship: t.arg.boolean({ description: 'Only its flagship procedures, or only the others.' }),
        search: t.arg.string({ description: 'Words of the name.' }),
      },
      resolve: ({ id }, args, context) => proceduresPage({ ...args, network: id }, context),
    }),
  }),
});

MinistryType.implement({
  description: 'A ministry.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Readable id.' }),
    name: t.exposeString('name', { description: 'Official name.' }),
    networks: t.field({
      type: [NetworkType],
      description: 'Its current networks, by name.',
      resolve: ({ id }, _args, { loaders }) => loaders.network.ofMinistry.load(id),
    }),
  }),
});

PivotType.implement({
  description: 'A kind of place in the State directory; an open list.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Code in the directory, such as `caf`.' }),
    label: t.exposeString('label', { description: 'What it means, in French.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that these places belong to, where the programme has one.',
      resolve: ({ networkId }, _args, { loaders }) =>
        networkId === null ? null : loaders.network.byId.load(networkId),
    }),
  }),
});

TypologyType.implement({
  description: 'A kind of structure within a network.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Readable id.' }),
    name: t.exposeString('name', { description: 'Name in the network.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that uses it.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.network.byId.load(networkId),
    }),
  }),
});

builder.queryFields((t) => ({
  network: t.field({
    type: NetworkType,
    nullable: true,
    description: 'A network by id, closed ones included; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'Such as NET-caf.' }) },
    resolve: (_root, { id }, context) => byId(id, context),
  }),
  networks: t.field({
    type: [NetworkType],
    nullable: true,
    description: 'The networks of the programme; current ones unless asked otherwise.',
    args: {
      ids: t.arg.idList({ description: 'Only these; an empty list selects none.' }),
      ministry: t.arg.id({ description: 'Only those of this ministry.' }),
      finestLevel: t.arg({ type: PublicationLevel, description: 'Only those that publish down to it.' }),
      search: t.arg.string({ description: 'Part of a name, a code or another label.' }),
      includeClosed: t.arg.boolean({ description: 'Networks that exist no more too; false when omitted.' }),
      orderBy: t.arg({ type: NetworkOrderEnum, description: 'Order; by name when omitted.' }),
    },
    resolve: (_root, args, { loaders }) =>
      loaders.network.search({
        ids: textsOf(args.ids, 'ids'),
        ministry: textOf(args.ministry, 'ministry'),
        finestLevel: args.finestLevel ?? null,
        search: searchOf(args.search),
        includeClosed: args.includeClosed ?? false,
        order: args.orderBy ?? 'NAME_ASC',
      }),
  }),
  ministries: t.field({
    type: [MinistryType],
    nullable: true,
    description: 'The ministries, by name.',
    resolve: (_root, _args, { loaders }) => loaders.network.ministries(),
  }),
  pivots: t.field({
    type: [PivotType],
    nullable: true,
    description: 'The kinds of place of the State directory that have a label or a network.',
    resolve: (_root, _args, { loaders }) => loaders.network.allPivots(),
  }),
}));
