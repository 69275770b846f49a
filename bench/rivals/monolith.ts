import {
  defaultFieldResolver,
  type GraphQLFieldResolver,
  GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { publicSupergraph } from '../../gateway/contract.ts';
import { clientSchema } from '../../gateway/supergraph.ts';
import type { Representation, Subgraph } from '../../kernel/graphql/subgraph.ts';
import { ANONYMOUS } from '../../kernel/viewer.ts';

type Resolver = GraphQLFieldResolver<unknown, { contexts: Contexts }>;
type ReferenceResolver = (reference: Representation, context: unknown) => unknown;

/** The contexts of one request, made when first needed, as the gateway does in one process. */
export class Contexts {
  private readonly subgraphs: ReadonlyMap<string, Subgraph>;
  private readonly made = new Map<string, object>();

  constructor(subgraphs: ReadonlyMap<string, Subgraph>) {
    this.subgraphs = subgraphs;
  }

  of(name: string): object {
    let context = this.made.get(name);
    if (!context) {
      const subgraph = this.subgraphs.get(name);
      if (!subgraph) throw new Error(`There is no subgraph ${name}.`);
      context = subgraph.context(ANONYMOUS);
      this.made.set(name, context);
    }
    return context;
  }
}

/** An object of a type that several subgraphs have, with the one whose resolvers know it. */
class Shared {
  readonly source: string;
  readonly value: unknown;
  /** The same object as other subgraphs know it. */
  readonly elsewhere = new Map<string, unknown>();

  constructor(source: string, value: unknown) {
    this.source = source;
    this.value = value;
  }
}

/**
 * The public contract as one executable schema with the resolvers of the subgraphs: what somebody would have who
 * had written the hub as one schema. A field of another subgraph finds its object by that subgraph's own resolver
 * of references, in process, once per object.
 */
export function monolith(supergraph: string, subgraphs: ReadonlyMap<string, Subgraph>): GraphQLSchema {
  const schema = clientSchema(publicSupergraph(supergraph));
  const providersOf = (name: string) =>
    [...subgraphs].flatMap(([source, subgraph]) => {
      const type = subgraph.schema.getType(name);
      return type instanceof GraphQLObjectType ? [{ source, type }] : [];
    });
  const isShared = new Set(
    Object.values(schema.getTypeMap())
      .filter(
        (type) => isObjectType(type) && type !== schema.getQueryType() && type !== schema.getMutationType(),
      )
      .map(({ name }) => name)
      .filter((name) => providersOf(name).length > 1),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (isScalarType(type)) {
      for (const { schema: own } of subgraphs.values()) {
        const original = own.getType(type.name);
        if (isScalarType(original)) type.serialize = original.serialize;
      }
    }
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const providers = providersOf(type.name);
    for (const field of Object.values(type.getFields())) {
      const resolvers = new Map<string, Resolver>();
      for (const { source, type: own } of providers) {
        const resolve = own.getFields()[field.name]?.resolve;
        const known = own.getFields()[field.name];
        if (!known) continue;
        const plain: Resolver = resolve
          ? (parent, args, { contexts }, info) => resolve(parent, args, contexts.of(source), info)
          : defaultFieldResolver;
        resolvers.set(source, isShared.has(getNamedType(field.type).name) ? sharing(source, plain) : plain);
      }
      const [only] = resolvers.values();
      if (!only) throw new Error(`Nobody resolves ${type.name}.${field.name}.`);
      field.resolve = isShared.has(type.name) ? between(type.name, resolvers, providers) : only;
    }
  }
  return schema;
}

/** Marks what a resolver gives with where it comes from. */
const sharing =
  (source: string, resolve: Resolver): Resolver =>
  (...asked) => {
    const found = resolve(...asked);
    return found instanceof Promise ? found.then((value) => share(source, value)) : share(source, found);
  };

function share(source: string, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Shared) return value;
  if (value instanceof Promise) return value.then((found) => share(source, found));
  return Array.isArray(value) ? value.map((each) => share(source, each)) : new Shared(source, value);
}

/** A field of a type that several subgraphs have: of the object's own subgraph, else of whoever has it. */
function between(
  typename: string,
  resolvers: ReadonlyMap<string, Resolver>,
  providers: readonly { source: string; type: GraphQLObjectType }[],
): Resolver {
  const [first] = resolvers.entries();
  if (!first) throw new Error(`A field of ${typename} has no resolver.`);
  const [owner, resolve] = first;
  const reference = providers.find(({ source }) => source === owner)?.type.extensions.resolveReference as
    | ReferenceResolver
    | undefined;
  return (parent, args, context, info) => {
    if (!(parent instanceof Shared)) return resolve(parent, args, context, info);
    const own = resolvers.get(parent.source);
    if (own) return own(parent.value, args, context, info);
    if (!parent.elsewhere.has(owner)) {
      const { id } = parent.value as { id: string };
      parent.elsewhere.set(owner, reference?.({ __typename: typename, id }, context.contexts.of(owner)));
    }
    const found = parent.elsewhere.get(owner);
    return found instanceof Promise
      ? found.then((value) => value && resolve(value, args, context, info))
      : found && resolve(found, args, context, info);
  };
}
