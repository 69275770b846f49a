import {
  DirectiveLocation,
  GraphQLDirective,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLString,
  isObjectType,
} from 'graphql';

/** How stale the answers of a subgraph may be, in seconds, before a cache must ask again. */
export interface Staleness {
  /** Name of the subgraph: composition keeps no trace of whose declaration it is. */
  graph: string;
  seconds: number;
  /** Fields that are held to less than the rest, by schema coordinate: `Query.changes`. */
  fields?: Readonly<Record<string, number>>;
}

const NAME = 'staleness';

/** What composition needs to keep the directive in the supergraph. */
const LINK = { url: 'https://services-publics.plus/staleness/v1.0', import: [`@${NAME}`] };

/**
 * Applied once per subgraph to `Query`, with `graph`, and without it to the fields that say otherwise. On a type
 * and not on the schema: composition keeps what is applied to types and fields only.
 */
const STALENESS = new GraphQLDirective({
  name: NAME,
  description:
    'How stale an answer may be, in seconds: of one subgraph (on `Query`), or of one field whatever its subgraph says.',
  locations: [DirectiveLocation.OBJECT, DirectiveLocation.FIELD_DEFINITION],
  isRepeatable: true,
  args: {
    graph: { type: GraphQLString, description: 'Name of the subgraph.' },
    seconds: { type: new GraphQLNonNull(GraphQLInt), description: '0: caches ask again each time.' },
  },
});

/** Links, import and definition that a schema needs to declare staleness. */
export const STALENESS_DECLARATION = {
  link: LINK,
  composeDirective: { name: `@${NAME}` },
  definition: STALENESS,
};

/**
 * Puts `@staleness` on a schema, in place, before it is printed.
 *
 * @throws Error for a field that is not there
 */
export function declareStaleness(schema: GraphQLSchema, { graph, seconds, fields = {} }: Staleness): void {
  const query = schema.getQueryType();
  if (query) declare(query, { graph, seconds });
  for (const [coordinate, own] of Object.entries(fields)) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new Error(`Staleness is declared of ${coordinate}, which is not there.`);
    declare(field, { seconds: own });
  }
}

function declare(
  element: GraphQLObjectType | ReturnType<GraphQLObjectType['getFields']>[string],
  values: { graph?: string; seconds: number },
): void {
  const others: unknown = element.extensions.directives;
  element.extensions = {
    ...element.extensions,
    directives: { ...(typeof others === 'object' ? others : {}), [NAME]: values },
  };
}
