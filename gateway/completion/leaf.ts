import { type GraphQLLeafType, isEnumType } from 'graphql';

/** True when a value of the answer may be one of the leaf type. */
export type LeafCheck = (value: unknown) => boolean;

const BUILT_IN: Readonly<Record<string, LeafCheck>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string' || Number.isInteger(value),
  Int: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31,
  Float: (value) => typeof value === 'number',
  Boolean: (value) => typeof value === 'boolean',
};

/** Scalars of our own pass: their subgraph has serialised them. An enum has only the values that clients may see. */
export function leafCheck(type: GraphQLLeafType): LeafCheck {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  return BUILT_IN[type.name] ?? (() => true);
}
