import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Place } from './failure.ts';

const isMeta = (field: FieldNode) => field.name.value === '__schema' || field.name.value === '__type';

/** The two halves of an operation: what the schema itself answers, and what the subgraphs do. */
export interface Halves {
  /** Undefined when the operation asks nothing of the schema. */
  meta: { document: DocumentNode; keys: ReadonlySet<string> } | undefined;
  /** Undefined when the operation asks nothing of the subgraphs. */
  data: DocumentNode | undefined;
}

/** Splits an operation; in each half, a field of the other half becomes a `__typename` under the same key. */
export function split(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Halves {
  const root = schema.getRootType(operation.operation);
  const keys = new Set<string>();
  let data = false;
  const only = (keep: (field: FieldNode) => boolean): DocumentNode => {
    const info = new TypeInfo(schema);
    return visit(
      document,
      visitWithTypeInfo(info, {
        Field(field) {
          if (info.getParentType() !== root || field.name.value === '__typename') return undefined;
          const key = field.alias ?? field.name;
          if (isMeta(field)) keys.add(key.value);
          else data = true;
          if (keep(field)) return undefined;
          return {
            kind: Kind.FIELD,
            alias: key,
            name: { kind: Kind.NAME, value: '__typename' },
          } satisfies FieldNode;
        },
      }),
    );
  };
  const metaHalf = only(isMeta);
  if (keys.size === 0) return { meta: undefined, data: data ? document : undefined };
  return { meta: { document: metaHalf, keys }, data: data ? only((field) => !isMeta(field)) : undefined };
}

/** Answers the half that asks the schema about itself. */
export function introspect(
  schema: GraphQLSchema,
  { document, keys }: NonNullable<Halves['meta']>,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>>,
): Place {
  const { data } = executeSync({ schema, document, operationName, variableValues: { ...variables } });
  return Object.fromEntries(Object.entries(data ?? {}).filter(([key]) => keys.has(key)));
}
