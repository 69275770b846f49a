import { type GraphQLSchema, isAbstractType, isObjectType } from 'graphql';

/** Answers whether an object of type `typename` satisfies a type condition. */
export type TypeTest = (typename: unknown, condition: string) => boolean;

/** Precomputes the object types behind each type of the supergraph, inaccessible ones included. */
export function typeTest(supergraph: GraphQLSchema): TypeTest {
  const possible = new Map<string, Set<string>>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (isObjectType(type)) possible.set(type.name, new Set([type.name]));
    else if (isAbstractType(type))
      // An interface object answers under the name of its interface.
      possible.set(
        type.name,
        new Set([type.name, ...supergraph.getPossibleTypes(type).map(({ name }) => name)]),
      );
  }
  return (typename, condition) => {
    if (typename === condition) return true;
    return typeof typename === 'string' && possible.get(condition)?.has(typename) === true;
  };
}
