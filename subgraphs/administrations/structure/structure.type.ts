import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { NATION } from '../../../kernel/ids.ts';
import { builder, Provenance } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { described, PublicationLevel } from '../enums.ts';
import { idOf } from '../input.ts';
import { certainProvenance } from '../provenance.ts';
import {
  NetworkType,
  NodeInterface,
  SiteType,
  StructureConnection,
  StructureType,
  TerritoryType,
  TypologyType,
} from '../refs.ts';
import { networkStructuresPage, structuresPage } from './structure.page.ts';
import {
  COMMUNE_MATCHES,
  LINK_CONFIDENCES,
  STRUCTURE_ORDERS,
  type Structure,
  type StructureLink,
} from './structure.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Structure', value);
  return id === null ? null : loaders.structure.byId.load(id);
};

const CommuneMatch = builder.enumType('CommuneMatch', {
  description: 'How the commune of a structure was found from a postal code and a city.',
  values: described(COMMUNE_MATCHES, {
    EXACT: 'One commune has that name and that postal code.',
    AMBIGUOUS: 'Several communes could be meant: none is retained.',
    NONE: 'No commune has that name and that postal code.',
  }),
});

const StructureOrderEnum = builder.enumType('StructureOrder', {
  description: 'Order of a list of structures; the id decides between equals.',
  values: described(STRUCTURE_ORDERS, {
    NAME_ASC: 'By name, without accents or case.',
    CODE_ASC: 'By Code SP+.',
  }),
});

/** The territory that a structure answers for; its commune when it stands for one place. */
const territoryIdOf = ({ level, communeId, departementId, regionId }: Structure) =>
  ({
    SITE: communeId ?? departementId ?? regionId,
    DEPARTEMENT: departementId ?? regionId,
    REGION: regionId,
    NATIONAL: NATION,
  })[level];

StructureType.implement({
  description: 'An organisational unit of a network, in contact with users or above one that is.',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context) => byId(String(id), context)),
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Code SP+, given by the programme.' }),
    name: t.exposeString('name', { description: 'Name.' }),
    description: t.exposeString('description', { nullable: true, description: 'What it does.' }),
    level: t.expose('level', { type: PublicationLevel, description: 'What it answers for.' }),
    network: t.field({
      type: NetworkType,
      nullable: true,
      description: 'The network that it belongs to.',
      resolve: ({ networkId }, _args, { loaders }) => loaders.network.byId.load(networkId),
    }),
    typology: t.field({
      type: TypologyType,
      nullable: true,
      description: 'Its kind within the network.',
      resolve: ({ typologyId }, _args, { loaders }) =>
        typologyId === null ? null : loaders.network.typology.load(typologyId),
    }),
    parent: t.field({
      type: StructureType,
      nullable: true,
      description: 'Structure right above.',
      resolve: ({ parentId }, _args, { loaders }) =>
        parentId === null ? null : loaders.structure.byId.load(parentId),
    }),
    ancestors: t.field({
      type: [StructureType],
      description: 'Structures above, nearest first.',
      resolve: ({ id }, _args, { loaders }) => loaders.structure.ancestors.load(id),
    }),
    children: t.field({
      type: [StructureType],
      description: 'Current structures right below, by name.',
      resolve: ({ id }, _args, { loaders }) => loaders.structure.children.load(id),
    }),
    sites: t.field({
      type: [SiteType],
      description: 'Its current places of reception, surest first.',
      resolve: ({ id }, _args, { loaders }) => loaders.site.ofStructures.load(id),
    }),
    territory: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'The territory that it answers for; its commune when it stands for one place.',
      resolve: (structure, _args, { loaders }) => {
        const id = territoryIdOf(structure);
        return id === null ? null : loaders.territory.byId.load(id);
      },
    }),
    postalCode: t.exposeString('postalCode', { nullable: true, description: 'Postal code, as published.' }),
    city: t.exposeString('city', { nullable: true, description: 'City, as published.' }),
    communeMatch: t.expose('communeMatch', {
      type: CommuneMatch,
      nullable: true,
      description: 'How its commune was found; null when the source gave no city.',
    }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day of a structure that exists no more.',
    }),
    source: t.field({
      type: Provenance,
      description: 'Where it comes from.',
      resolve: ({ importId, importRow }, _args, context) => certainProvenance(importId, importRow, context),
    }),
  }),
});

const LinkConfidence = builder.enumType('LinkConfidence', {
  description: 'How sure it is that a structure stands in a place of reception.',
  values: described(LINK_CONFIDENCES, {
    CERTAIN: 'Reviewed, or given by the source.',
    PROBABLE: 'Same network and same commune, only one of each.',
    POSSIBLE: 'To be reviewed.',
  }),
});

export const SiteStructure = builder.objectRef<StructureLink>('SiteStructure').implement({
  description: 'A structure that stands in a place of reception, by the reviewed table.',
  fields: (t) => ({
    structure: t.field({ type: StructureType, description: 'The structure.', resolve: (link) => link }),
    confidence: t.expose('confidence', { type: LinkConfidence, description: 'How sure it is.' }),
    method: t.exposeString('method', { description: 'How it was found.' }),
    since: t.expose('linkedFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
  }),
});

const listArguments = () =>
  builder.args((t) => ({
    ...pageArguments(builder),
    typology: t.id({ description: 'Only this kind.' }),
    level: t.field({ type: PublicationLevel, description: 'Only those that answer for this level.' }),
    parent: t.id({ description: 'Only those right below this structure.' }),
    rootsOnly: t.boolean({ description: 'Only those that have no structure above.' }),
    within: t.id({ description: 'Only those in this territory.' }),
    search: t.string({ description: 'Words of the name.' }),
    includeClosed: t.boolean({ description: 'Structures that exist no more too; false when omitted.' }),
    orderBy: t.field({ type: StructureOrderEnum, description: 'Order; by name when omitted.' }),
  }));

builder.objectField(NetworkType, 'structures', (t) =>
  t.field({
    type: StructureConnection,
    description: 'Its structures; current ones unless asked otherwise.',
    args: listArguments(),
    resolve: networkStructuresPage,
  }),
);

builder.queryFields((t) => ({
  structure: t.field({
    type: StructureType,
    nullable: true,
    description: 'A structure by id, closed ones included; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'STR- followed by its Code SP+.' }) },
    resolve: (_root, { id }, context) => byId(id, context),
  }),
  structures: t.field({
    type: StructureConnection,
    nullable: true,
    description: 'Structures of every network; current ones unless asked otherwise.',
    args: { network: t.arg.id({ description: 'Only those of this network.' }), ...listArguments() },
    resolve: (_root, args, context) => structuresPage(args, context),
  }),
}));
