import { printSubgraphSchema } from '@apollo/subgraph';
import {
  type GraphQLFieldConfig,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  lexicographicSortSchema,
} from 'graphql';
import { badInput } from '../errors.ts';
import type { RawRoute } from '../raw/route.ts';
import type { Viewer } from '../viewer.ts';
import { guardFields } from './access.ts';
import { fieldsBelow } from './asked-fields.ts';
import type { HubBuilder } from './builder.ts';
import { type CostTable, declareCosts } from './costs.ts';
import type { Seen } from './kept.ts';
import { declareStaleness, STALENESS_DECLARATION, type Staleness } from './staleness.ts';
import { checkTexts, isFit, unfit } from './texts.ts';

/** A subgraph ready to answer, whether in process or behind HTTP. */
export interface Subgraph {
  name: string;
  schema: GraphQLSchema;
  /** What composition reads: the SDL with its federation directives. */
  sdl: string;
  /**
   * A context of its own (loaders, viewer) for each request; the id names the request in audits and logs. Without
   * `seen`, nothing is used that was read before.
   */
  context(viewer: Viewer, requestId?: string, seen?: Seen): object;
  /** What it does beside GraphQL. */
  routes?: readonly RawRoute[];
  /** Rejects when the subgraph cannot answer, for the readiness probe. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** One reference that the gateway asks a subgraph to resolve: `__typename` and the fields of a key. */
export type Representation = { __typename: string } & Record<string, unknown>;

/**
 * How a type turns a representation into its object: put it in the type's options as
 * `extensions: resolvable((reference, context, fields) => …)`. Null (or undefined) means that nothing has that key. Of the
 * object only the `fields` are asked, names of other types among them.
 */
export function resolvable<Context extends object>(
  resolveReference: (reference: Representation, context: Context, fields: ReadonlySet<string>) => unknown,
): { resolveReference: typeof resolveReference } {
  return { resolveReference };
}

/** More representations than this in one request are refused. */
const MAX_REPRESENTATIONS = 1000;

const LINK = {
  url: 'https://specs.apollo.dev/federation/v2.9',
  import: [
    '@composeDirective',
    '@cost',
    '@key',
    '@listSize',
    '@shareable',
    '@external',
    '@inaccessible',
    '@provides',
    '@requires',
    '@requiresScopes',
    '@tag',
  ],
};

/**
 * The schema that a subgraph executes (with `_service` and `_entities`) and the SDL that it publishes.
 * @apollo/subgraph wants resolvers in maps; Pothos has them in the types, so the two fields are ours.
 */
export function toSubgraphSchema<Context extends object>(
  builder: HubBuilder<Context>,
  costs: CostTable = {},
  staleness?: Staleness,
): { schema: GraphQLSchema; sdl: string } {
  const own = lexicographicSortSchema(
    builder.toSchema(
      staleness
        ? {
            directives: [STALENESS_DECLARATION.definition],
            schemaDirectives: {
              link: [LINK, STALENESS_DECLARATION.link],
              composeDirective: STALENESS_DECLARATION.composeDirective,
            },
          }
        : { schemaDirectives: { link: LINK } },
    ),
  );
  declareCosts(own, costs);
  if (staleness) declareStaleness(own, staleness);
  const sdl = `${printSubgraphSchema(own)}\n`;
  checkTexts(own);
  guardFields(own);
  const config = own.toConfig();
  const entities = config.types.filter(isObjectType).filter((type) => resolverOf(type) !== undefined);
  const query = own.getQueryType()?.toConfig();
  if (!query) throw new Error('A subgraph needs at least one root field.');
  const schema = new GraphQLSchema({
    ...config,
    types: config.types.filter((type) => type.name !== query.name),
    query: new GraphQLObjectType({
      ...query,
      fields: {
        ...query.fields,
        _service: { type: new GraphQLNonNull(SERVICE), resolve: () => ({ sdl }) },
        ...(entities.length > 0 ? { _entities: entitiesField(entities) } : {}),
      },
    }),
  });
  return { schema, sdl };
}

function entitiesField(types: GraphQLObjectType[]): GraphQLFieldConfig<unknown, unknown> {
  const entity = new GraphQLUnionType({
    name: '_Entity',
    types,
    resolveType: (value: Representation) => value.__typename,
  });
  return {
    type: new GraphQLNonNull(new GraphQLList(entity)),
    args: { representations: { type: new GraphQLNonNull(new GraphQLList(ANY)) } },
    resolve: (_root, { representations }: { representations?: readonly unknown[] }, context, info) => {
      if (!representations || representations.length > MAX_REPRESENTATIONS) {
        throw badInput(`At most ${MAX_REPRESENTATIONS} representations per request.`);
      }
      const fields = fieldsBelow(info);
      return representations.map((reference) => resolve(reference, context, info.schema, fields));
    },
  };
}

type ReferenceResolver = (
  reference: Representation,
  context: unknown,
  fields: ReadonlySet<string>,
) => unknown;

function resolverOf(type: GraphQLObjectType): ReferenceResolver | undefined {
  return type.extensions.resolveReference as ReferenceResolver | undefined;
}

async function resolve(
  reference: unknown,
  context: unknown,
  schema: GraphQLSchema,
  fields: ReadonlySet<string>,
) {
  if (!isRepresentation(reference)) throw badInput('A representation needs a known __typename.');
  if (!isFit(reference)) throw unfit('representations');
  const type = schema.getType(reference.__typename);
  const resolver = isObjectType(type) ? resolverOf(type) : undefined;
  if (!resolver) throw badInput('A representation needs a known __typename.');
  const found = await resolver(reference, context, fields);
  // A copy: rows are shared between the fields of a request and must not learn the name of a type.
  return found ? { ...found, __typename: reference.__typename } : null;
}

function isRepresentation(value: unknown): value is Representation {
  if (typeof value !== 'object' || value === null || Object.hasOwn(value, '__proto__')) return false;
  return Object.hasOwn(value, '__typename') && '__typename' in value && typeof value.__typename === 'string';
}

const ANY = new GraphQLScalarType({ name: '_Any' });
const SERVICE = new GraphQLObjectType({ name: '_Service', fields: { sdl: { type: GraphQLString } } });
