import {
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { describe, expect, test } from 'vitest';
import { SUBGRAPHS } from '../kernel/postgres/roles.ts';
import { ANONYMOUS } from '../kernel/viewer.ts';

const UNFIT = 'a\u0000b';
/** A viewer whom nothing is refused for want of a scope. */
const context = { viewer: { ...ANONYMOUS, role: 'DITP', subject: 'key:test' } };

const schemas = await Promise.all(
  SUBGRAPHS.map(async (name) => {
    const { schema }: { schema: GraphQLSchema } = await import(`../subgraphs/${name}/schema.ts`);
    return [name, schema] as const;
  }),
);

/** Every value of a type with one unfit text in it, wherever the type takes text. */
function unfitValues(type: GraphQLInputType, seen: readonly string[] = []): unknown[] {
  if (isNonNullType(type)) return unfitValues(type.ofType, seen);
  if (isListType(type)) return unfitValues(type.ofType, seen).map((value) => [value]);
  const named = getNamedType(type);
  if (isEnumType(named) || ['Int', 'Float', 'Boolean'].includes(named.name)) return [];
  if (!isInputObjectType(named)) return [UNFIT];
  if (seen.includes(named.name)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    unfitValues(field.type, [...seen, named.name]).map((value) => ({ [field.name]: value })),
  );
}

describe.each(schemas)('%s', (_name, schema) => {
  const places = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'))
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter(({ name }) => !name.startsWith('_'))
        .flatMap((field) =>
          field.args.flatMap((arg) =>
            unfitValues(arg.type).map((value) => ({
              place: `${type.name}.${field.name}(${arg.name}: ${JSON.stringify(value)})`,
              ask: () => field.resolve?.({}, { [arg.name]: value }, context, {} as GraphQLResolveInfo),
            })),
          ),
        ),
    );

  // Without a database: a resolver that was reached would fail otherwise.
  test.each(places)('$place is refused before its resolver', ({ ask }) => {
    expect(ask).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringMatching(/not text/) }),
    );
  });

  test('there is something to try', () => {
    expect(places.length).toBeGreaterThan(3);
  });
});
