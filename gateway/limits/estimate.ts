import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import {
  type Amount,
  largest,
  MOST,
  once,
  sum,
  times,
  type Variables,
  valueOf,
  when,
  withSize,
} from './amount.ts';
import { sizeOf, weightOfArguments } from './arguments.ts';
import type { Costs } from './costs.ts';

/** A root field of a mutation, unless its `@cost` says otherwise. */
const MUTATION = 10;

/** What the schema answers about itself: no database, but as much work as that many objects (whole, 0.07 s). */
const INTROSPECTION: Readonly<Record<string, number>> = { __schema: 1000, __type: 30, __typename: 0 };

/** The lists of a type that have no size of their own: those that the field above named. */
const NONE: ReadonlySet<string> = new Set();

/**
 * Compiles what an operation of a valid document may cost at most, once; the function gives the estimate, a whole
 * number, for coerced variables. An object is 1, a scalar or an enum 0, as in the static costs of Apollo's demand
 * control; a list is as many times that as its `@listSize` says; `@cost` on a field or an argument is added once
 * each time the field is asked, as in IBM's specification of cost directives; each root field of a mutation is 10.
 * Linear in the document, whatever its fragments.
 */
export function compileCost(
  schema: GraphQLSchema,
  costs: Costs,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => number {
  const root = schema.getRootType(operation.operation);
  if (!root) return () => 0;
  const amount = new Compiler(schema, costs, document).root(root, operation);
  return (variables) => Math.ceil(valueOf(amount, { variables, known: new Map() }, 0));
}

class Compiler {
  private readonly schema: GraphQLSchema;
  private readonly costs: Costs;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly compiled = new Map<string, Amount>();

  constructor(schema: GraphQLSchema, costs: Costs, document: DocumentNode) {
    this.schema = schema;
    this.costs = costs;
    for (const each of document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(each.name.value, each);
  }

  root(type: GraphQLObjectType, { operation, selectionSet }: OperationDefinitionNode): Amount {
    return this.object(type, selectionSet, NONE, operation === OperationTypeNode.MUTATION ? MUTATION : 0);
  }

  /** The fields of one object; of an abstract type, the dearest of its types. */
  private below(
    type: GraphQLNamedOutputType,
    set: SelectionSetNode | undefined,
    sized: ReadonlySet<string>,
  ): Amount {
    if (!set || !isCompositeType(type)) return 0;
    if (isObjectType(type)) return this.object(type, set, sized, 0);
    return largest(this.schema.getPossibleTypes(type).map((each) => this.object(each, set, sized, 0)));
  }

  private object(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    sized: ReadonlySet<string>,
    fieldWeight: number,
  ): Amount {
    return sum(
      set.selections.map((selection) => {
        const amount = this.selection(type, selection, sized, fieldWeight);
        const holds = conditionOf(selection);
        return holds ? when(holds, amount) : amount;
      }),
    );
  }

  private selection(
    type: GraphQLObjectType,
    selection: SelectionNode,
    sized: ReadonlySet<string>,
    fieldWeight: number,
  ): Amount {
    if (selection.kind === Kind.FIELD) return this.field(type, selection, sized, fieldWeight);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (!this.applies(selection.typeCondition?.name.value, type)) return 0;
      return this.object(type, selection.selectionSet, sized, fieldWeight);
    }
    const fragment = this.fragments.get(selection.name.value);
    if (!fragment || !this.applies(fragment.typeCondition.name.value, type)) return 0;
    const key = [fragment.name.value, type.name, ...sized].join(' ');
    let amount = this.compiled.get(key);
    if (amount === undefined) {
      // Only a fragment that spreads itself would come back here; no valid document has one.
      this.compiled.set(key, MOST);
      amount = once(key, this.object(type, fragment.selectionSet, sized, fieldWeight));
      this.compiled.set(key, amount);
    }
    return amount;
  }

  private field(
    type: GraphQLObjectType,
    node: FieldNode,
    sized: ReadonlySet<string>,
    fieldWeight: number,
  ): Amount {
    const name = node.name.value;
    const field = type.getFields()[name];
    if (!field) return INTROSPECTION[name] ?? 0;
    const declared = this.costs.field(type.name, name);
    const args = new Map((node.arguments ?? []).map((each) => [each.name.value, each]));
    const weight = sum([
      declared?.weight ?? fieldWeight,
      weightOfArguments(this.costs, declared, field.args, args),
    ]);
    const named = getNamedType(field.type);
    const each = this.costs.type(named.name) ?? (isCompositeType(named) ? 1 : 0);
    const inner = this.below(named, node.selectionSet, declared?.size?.sized ?? NONE);
    const object = sum([each, inner]);
    if (isList(field.type))
      return sum([weight, times(this.items(field, sized, declared?.size, args), object)]);
    const size = declared?.size;
    return sum([weight, size ? withSize(object, sizeOf(size, field.args, args)) : object]);
  }

  /** How many items a list has. */
  private items(
    field: GraphQLField<unknown, unknown>,
    sized: ReadonlySet<string>,
    size: Parameters<typeof sizeOf>[0],
    args: ReadonlyMap<string, ArgumentNode>,
  ): Amount {
    if (sized.has(field.name)) return (_run, given) => given;
    return sizeOf(size, field.args, args);
  }

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }
}

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

/** When a selection is not left out by @skip or @include; undefined when it never is. */
function conditionOf({ directives }: SelectionNode): ((variables: Variables) => boolean) | undefined {
  const conditions = (directives ?? []).flatMap(({ name, arguments: args }) => {
    const wanted = name.value === 'include';
    const value = args?.find((each) => each.name.value === 'if')?.value;
    if (!value || (!wanted && name.value !== 'skip')) return [];
    if (value.kind === Kind.BOOLEAN) return [() => value.value === wanted];
    if (value.kind !== Kind.VARIABLE) return [];
    const variable = value.name.value;
    return [(variables: Variables) => (variables[variable] === true) === wanted];
  });
  if (conditions.length === 0) return undefined;
  return (variables) => conditions.every((holds) => holds(variables));
}
