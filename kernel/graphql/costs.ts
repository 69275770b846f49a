import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** What is declared of an element for the estimate that is made of every operation before it runs. */
export interface Declared {
  /** How many items a list has, as a rule at most; for a connection, how many when `first` is omitted. */
  size?: number;
  /** Work of the database each time the element is asked or given, in objects read by their key. */
  weight?: number;
}

/**
 * What a subgraph declares, by schema coordinate: `Site.comparisons` for a field, `TestimonyFilter.search` for an
 * input field, `Query.territories(search:)` for an argument.
 */
export type CostTable = Readonly<Record<string, Declared>>;

/** Items of a page whose size nobody asked for. */
export const DEFAULT_SIZE = 20;

/** Sizes of lists of what the kernel defines, wherever they are. */
const SHARED: Readonly<Record<string, number>> = { UserError: 10 };

/** The argument that says how many items of a list are wanted. */
const SLICE = 'first';

/**
 * Puts `@listSize` and `@cost` on a schema: sizes of connections, and of lists with `first`, by construction; all
 * else by the table. Changes the schema in place, before it is printed.
 *
 * @throws Error for an entry of the table that names nothing
 */
export function declareCosts(schema: GraphQLSchema, table: CostTable): void {
  const left = new Map(Object.entries(table));
  const take = (coordinate: string): Declared => {
    const declared = left.get(coordinate) ?? {};
    left.delete(coordinate);
    return declared;
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields()))
        declare(field, costOf(take(`${type.name}.${field.name}`)));
    } else if (isObjectType(type)) {
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        const declared = take(coordinate);
        declare(field, { ...costOf(declared), ...sizeOf(field, declared.size) });
        for (const arg of field.args) declare(arg, costOf(take(`${coordinate}(${arg.name}:)`)));
      }
    }
  }
  if (left.size > 0)
    throw new Error(`Costs are declared of what is not there: ${[...left.keys()].join(', ')}`);
}

type Directives = Record<string, object>;

const costOf = ({ weight }: Declared): Directives => (weight === undefined ? {} : { cost: { weight } });

function sizeOf(field: GraphQLField<unknown, unknown>, size: number | undefined): Directives {
  const sliced = field.args.some(({ name }) => name === SLICE);
  const slicing = sliced ? { slicingArguments: [SLICE], requireOneSlicingArgument: false } : {};
  const assumedSize = size ?? (sliced ? DEFAULT_SIZE : SHARED[getNamedType(field.type).name]);
  if (assumedSize === undefined) return {};
  if (isList(field)) return { listSize: { assumedSize, ...slicing } };
  const sizedFields = listsOf(getNamedType(field.type));
  return sizedFields.length > 0 ? { listSize: { assumedSize, ...slicing, sizedFields } } : {};
}

const isList = ({ type }: GraphQLField<unknown, unknown>) =>
  isListType(isNonNullType(type) ? type.ofType : type);

/** The lists of a connection, which hold the same items. */
function listsOf(type: GraphQLNamedType): string[] {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return [];
  return Object.values(type.getFields()).flatMap((field) => (isList(field) ? [field.name] : []));
}

function declare(
  element: GraphQLField<unknown, unknown> | GraphQLInputField | GraphQLArgument,
  directives: Directives,
): void {
  if (Object.keys(directives).length === 0) return;
  const others: unknown = element.extensions.directives;
  element.extensions = {
    ...element.extensions,
    directives: typeof others === 'object' ? { ...others, ...directives } : directives,
  };
}
