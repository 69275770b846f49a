import {
  type ArgumentNode,
  type GraphQLArgument,
  getNamedType,
  Kind,
  type ValueNode,
  valueFromAST,
} from 'graphql';
import { type Amount, sum, type Variables } from './amount.ts';
import type { Costs, FieldCost, ListSize } from './costs.ts';

/** Items of a list about which nothing is declared. */
const UNDECLARED = 20;

/** The argument that names the objects wanted: no more of them come. */
const NAMES = 'ids';

type Given = ReadonlyMap<string, ArgumentNode>;

/** How many items a field gives: by its slicing arguments, by the ids that it names, else as its schema assumes. */
export function sizeOf(size: ListSize | undefined, args: readonly GraphQLArgument[], given: Given): Amount {
  const assumed = size?.assumed ?? UNDECLARED;
  const readers = args.flatMap((arg) => {
    const value = given.get(arg.name)?.value;
    if (size?.slicing.includes(arg.name)) return [number(value, arg.defaultValue)];
    return arg.name === NAMES ? [length(value)] : [];
  });
  if (readers.length === 0) return assumed;
  return (run) => {
    const sizes = readers.flatMap((read) => read(run.variables) ?? []);
    return sizes.length === 0 ? assumed : Math.max(0, ...sizes);
  };
}

type Reader = (variables: Variables) => number | undefined;

function number(value: ValueNode | undefined, otherwise: unknown): Reader {
  const fallback = typeof otherwise === 'number' ? otherwise : undefined;
  if (value?.kind === Kind.INT) {
    const literal = Number(value.value);
    return () => literal;
  }
  if (value?.kind !== Kind.VARIABLE) return () => (value ? undefined : fallback);
  const variable = value.name.value;
  return (variables) => {
    const given = variables[variable];
    if (given === undefined) return fallback;
    return typeof given === 'number' ? given : undefined;
  };
}

function length(value: ValueNode | undefined): Reader {
  if (value?.kind === Kind.LIST) return () => value.values.length;
  if (value?.kind !== Kind.VARIABLE) return () => (value && value.kind !== Kind.NULL ? 1 : undefined);
  const variable = value.name.value;
  return (variables) => {
    const given = variables[variable];
    return Array.isArray(given) ? given.length : undefined;
  };
}

/** Weight of the arguments that are given, and of the parts of input objects in them. */
export function weightOfArguments(
  costs: Costs,
  declared: FieldCost | undefined,
  args: readonly GraphQLArgument[],
  given: Given,
): Amount {
  return sum(
    args.map((arg) => {
      const value = given.get(arg.name)?.value;
      const weight = declared?.args.get(arg.name) ?? 0;
      const input = getNamedType(arg.type).name;
      const parts = costs.weighs(input);
      if (!value || (weight === 0 && !parts)) return 0;
      return ({ variables }) => {
        const coerced = valueFromAST(value, arg.type, variables);
        if (coerced === undefined || coerced === null) return 0;
        return weight + (parts ? costs.ofInput(input, coerced) : 0);
      };
    }),
  );
}
