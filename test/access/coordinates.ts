import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** An element of the internal contract that the matrix has a line for. */
export interface Coordinate {
  /** `Type.field`, `Type.field(argument:)`, `Enum.VALUE` or `Input.field`. */
  name: string;
  type: string;
  /** The field or the enum value. */
  member: string;
  kind: 'field' | 'argument' | 'enum value' | 'input field';
  /** Whether the public contract has it too. */
  open: boolean;
}

/** The fields of a type, none for types without. */
export const fieldsOf = (type: GraphQLNamedType | undefined): readonly GraphQLField<unknown, unknown>[] =>
  isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];

/**
 * Every field of the whole contract, and of its arguments, enum values and input fields those that the open one
 * does not have: what both have is as public as the field that takes it.
 */
export function coordinatesOf(whole: GraphQLSchema, open: GraphQLSchema): Coordinate[] {
  const known = new Set(
    typesOf(open)
      .flatMap(elementsOf)
      .map(({ name }) => name),
  );
  return typesOf(whole)
    .flatMap(elementsOf)
    .map((element) => ({ ...element, open: known.has(element.name) }))
    .filter(({ kind, open: shared }) => kind === 'field' || !shared);
}

/** The types of a contract, without those of introspection. */
export const typesOf = (schema: GraphQLSchema): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'));

function elementsOf(type: GraphQLNamedType): Omit<Coordinate, 'open'>[] {
  const of = (kind: Coordinate['kind'], member: string, name = `${type.name}.${member}`) => ({
    name,
    type: type.name,
    member,
    kind,
  });
  if (isEnumType(type)) return type.getValues().map((value) => of('enum value', value.name));
  if (isInputObjectType(type)) return Object.keys(type.getFields()).map((name) => of('input field', name));
  return fieldsOf(type).flatMap((field) => [
    of('field', field.name),
    ...field.args.map((arg) => of('argument', field.name, `${type.name}.${field.name}(${arg.name}:)`)),
  ]);
}
