import { pageArguments } from '../../../kernel/graphql/connection.ts';
import { resolvable } from '../../../kernel/graphql/subgraph.ts';
import { builder, TerritoryLevel } from '../builder.ts';
import type { AdministrationsContext } from '../context.ts';
import { described } from '../enums.ts';
import { idOf } from '../input.ts';
import { NodeInterface, TerritoryConnection, TerritoryType } from '../refs.ts';
import { childrenPage, MOST_TERRITORIES, territoriesPage } from './territory.page.ts';
import { TERRITORY_ORDERS, type Territory } from './territory.ts';

const byId = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Territory', value);
  return id === null ? null : loaders.territory.byId.load(id);
};

/** Fields that `NamedTerritory` answers. */
const NAMED: ReadonlySet<string> = new Set(['__typename', 'id', 'level', 'code', 'name']);

const named = async (value: string, { loaders }: AdministrationsContext) => {
  const id = idOf('Territory', value);
  return id === null ? null : loaders.territory.names.load(id);
};

export const GeoPoint = builder.objectRef<{ latitude: number; longitude: number }>('GeoPoint').implement({
  description: 'A position on the globe, WGS 84.',
  fields: (t) => ({
    latitude: t.exposeFloat('latitude', { description: 'Degrees north.' }),
    longitude: t.exposeFloat('longitude', { description: 'Degrees east.' }),
  }),
});

/** A position, null unless both coordinates are known. */
export const pointOf = ({ latitude, longitude }: { latitude: number | null; longitude: number | null }) =>
  latitude === null || longitude === null ? null : { latitude, longitude };

const CenterMethod = builder.enumType('CenterMethod', {
  description: 'How the centre of a territory is known.',
  values: described(['TOWN_HALL', 'PLACE', 'NEIGHBOURS'], {
    TOWN_HALL: 'Position of its town hall.',
    PLACE: 'Mean position of the services that stand in it.',
    NEIGHBOURS: 'Mean position of the communes around.',
  }),
});

export const TerritoryOrderEnum = builder.enumType('TerritoryOrder', {
  description: 'Order of a list of territories; the id decides between equals.',
  values: described(TERRITORY_ORDERS, {
    NAME_ASC: 'By name, without accents or case.',
    NAME_DESC: 'By name, from Z to A.',
    CODE_ASC: 'By INSEE code.',
    POPULATION_DESC: 'Most populated first, unknown populations last.',
  }),
});

TerritoryType.implement({
  description: 'A commune, a municipal arrondissement, a département, a région or the whole country.',
  interfaces: [NodeInterface],
  directives: { key: { fields: 'id' } },
  extensions: resolvable<AdministrationsContext>(({ id }, context, fields) =>
    fields.isSubsetOf(NAMED) ? named(String(id), context) : byId(String(id), context),
  ),
  fields: (t) => ({
    level: t.expose('level', { type: TerritoryLevel, description: 'Level in the tree.' }),
    code: t.exposeString('code', { description: 'INSEE code; unique within a level only.' }),
    name: t.exposeString('name', { description: 'Official name.' }),
    isArrondissement: t.exposeBoolean('isArrondissement', {
      description: 'Whether it is a municipal arrondissement of Paris, Lyon or Marseille.',
    }),
    population: t.exposeInt('population', { nullable: true, description: 'Inhabitants.' }),
    postalCodes: t.exposeStringList('postalCodes', { description: 'Postal codes of a commune.' }),
    center: t.field({
      type: GeoPoint,
      nullable: true,
      description: 'Where distances are measured from.',
      resolve: pointOf,
    }),
    centerMethod: t.expose('centerMethod', {
      type: CenterMethod,
      nullable: true,
      description: 'How the centre is known.',
    }),
    parent: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'Territory right above; null for the nation.',
      resolve: ({ parentId }, _args, { loaders }) =>
        parentId === null ? null : loaders.territory.byId.load(parentId),
    }),
    ancestors: t.field({
      type: [TerritoryType],
      description: 'Territories above, nearest first, up to the nation.',
      resolve: ({ id }, _args, { loaders }) => loaders.territory.ancestors.load(id),
    }),
    children: t.field({
      type: TerritoryConnection,
      description: 'Current territories right below; the arrondissements of Paris, Lyon or Marseille.',
      args: {
        ...pageArguments(builder, MOST_TERRITORIES),
        orderBy: t.arg({ type: TerritoryOrderEnum, description: 'Order; by name when omitted.' }),
      },
      resolve: childrenPage,
    }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true, description: 'First day, if known.' }),
    validTo: t.expose('validTo', {
      type: 'Date',
      nullable: true,
      description: 'Last day of a former territory, if known: most merged communes have none at the source.',
    }),
    isCurrent: t.exposeBoolean('isCurrent', { description: 'Whether it exists today.' }),
    mergedInto: t.field({
      type: TerritoryType,
      nullable: true,
      description: 'The commune that holds this former one today.',
      resolve: ({ mergedInto }, _args, { loaders }) =>
        mergedInto === null ? null : loaders.territory.byId.load(mergedInto),
    }),
    mergedFrom: t.field({
      type: [TerritoryType],
      description: 'Former communes that this one holds, by code.',
      resolve: ({ id }, _args, { loaders }) => loaders.territory.mergedFrom.load(id),
    }),
    vintage: t.exposeInt('vintage', { description: 'Year of the official geography that describes it.' }),
  }),
});

builder.queryFields((t) => ({
  territory: t.field({
    type: TerritoryType,
    nullable: true,
    description: 'A territory by id, former communes included; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'FR, REG-32, DEP-62 or COM-62080.' }) },
    resolve: (_root, { id }, context): Promise<Territory | null> => byId(id, context),
  }),
  territories: t.field({
    type: TerritoryConnection,
    nullable: true,
    description:
      'Territories by name, postal code, level or parent; everything current when nothing is asked.',
    args: {
      ...pageArguments(builder, MOST_TERRITORIES),
      search: t.arg.string({
        description:
          'A name (accents and case do not matter; what begins so comes first, then what looks like it), a postal code or an INSEE code. Former names and codes lead to the commune of today.',
      }),
      level: t.arg({ type: TerritoryLevel, description: 'Only this level.' }),
      postalCode: t.arg.string({ description: 'Only what has this postal code.' }),
      parent: t.arg.id({
        description:
          'Only what is right below this territory; with a level, everything of that level inside.',
      }),
      includeMerged: t.arg.boolean({ description: 'Former communes too; false when omitted.' }),
      orderBy: t.arg({ type: TerritoryOrderEnum, description: 'Order; best match first when omitted.' }),
    },
    resolve: (_root, args, context) => territoriesPage(args, context),
  }),
}));
