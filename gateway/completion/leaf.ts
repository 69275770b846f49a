import { type GraphQLLeafType, isEnumType } from 'graphql';

/** What a value of the merged data becomes in the answer; undefined when it is none of its type. */
export type LeafAnswer = (value: unknown) => unknown;

const only =
  (accepts: (value: unknown) => boolean): LeafAnswer =>
  (value) =>
    accepts(value) ? value : undefined;

const BUILT_IN: Readonly<Record<string, LeafAnswer>> = {
  String: only((value) => typeof value === 'string'),
  ID: (value) => (typeof value === 'string' ? value : Number.isInteger(value) ? String(value) : undefined),
  Int: only((value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31),
  Float: only((value) => typeof value === 'number'),
  Boolean: only((value) => typeof value === 'boolean'),
};

/**
 * Scalars of our own pass: their subgraph has serialised them. An enum has only the values that clients may see;
 * another is null to them.
 */
export function leafAnswer(type: GraphQLLeafType): LeafAnswer {
  if (!isEnumType(type)) return BUILT_IN[type.name] ?? ((value) => value);
  const names = new Set<unknown>(type.getValues().map(({ name }) => name));
  return (value) => (names.has(value) ? value : typeof value === 'string' ? null : undefined);
}
