import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLInterfaceType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { dataKeyOf } from '../execution/aliases.ts';
import { isLeftOut } from '../execution/conditions.ts';
import { type LeafAnswer, leafAnswer } from './leaf.ts';

/** How a value of an operation's field is completed. */
export type Shape =
  | { kind: 'leaf'; answer: LeafAnswer; name: string }
  | { kind: 'list'; item: Slot }
  | { kind: 'object'; select: Selector };

/** A shape at a place that may be null, or not. */
export interface Slot {
  nonNull: boolean;
  shape: Shape;
}

/** A field as the operation asks it, on one object type. */
export interface SelectedField extends Slot {
  key: string;
  /** Where merged data holds it. */
  dataKey: string;
  /** `Type.field`, for messages. */
  name: string;
  /** Constant answer: `__typename` of an object type. */
  constant?: string;
}

/** The fields asked of an object: by its `__typename` where the type is abstract; undefined for a type out of place. */
export type Selector = (typename: unknown) => readonly SelectedField[] | undefined;

/** Compiles what completing an answer needs of an operation, once per set of values of @skip and @include. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): readonly SelectedField[] {
  const root = schema.getRootType(operation.operation);
  if (!root)
    // Valid GraphQL for all that validation says: a contract without mutations refuses them here.
    throw new GraphQLError(
      `The schema that this caller sees has no ${operation.operation}: a key or a token may show more.`,
      {
        nodes: operation,
        extensions: { code: 'BAD_USER_INPUT', http: { spec: true, status: 400 } },
      },
    );
  return new Compiler(schema, document, variables).fields(root, [operation.selectionSet]);
}

type Composite = GraphQLObjectType | GraphQLInterfaceType;

class Compiler {
  private readonly schema: GraphQLSchema;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly variables: Readonly<Record<string, unknown>>;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Readonly<Record<string, unknown>>) {
    this.schema = schema;
    this.variables = variables;
    for (const each of document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(each.name.value, each);
  }

  /** The fields of one object type, in the order of the specification, those of same key merged. */
  fields(type: Composite, selectionSets: readonly SelectionSetNode[]): readonly SelectedField[] {
    const grouped = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of selectionSets) this.collect(type, set, grouped, visited);
    const fields: SelectedField[] = [];
    for (const [key, nodes] of grouped) {
      const [node] = nodes;
      if (!node) continue;
      const dataKey = dataKeyOf(node);
      const field = node.name.value === '__typename' ? undefined : type.getFields()[node.name.value];
      if (field) {
        const sets = nodes.flatMap((each) => each.selectionSet ?? []);
        fields.push({ key, dataKey, name: `${type.name}.${field.name}`, ...this.slot(field.type, sets) });
      } else if (node.name.value === '__typename') {
        fields.push({
          key,
          dataKey,
          name: `${type.name}.__typename`,
          nonNull: true,
          shape: OPAQUE,
          constant: type.name,
        });
      } else
        fields.push({
          key,
          dataKey: key,
          name: `${type.name}.${node.name.value}`,
          nonNull: false,
          shape: OPAQUE,
        });
    }
    return fields;
  }

  private collect(
    type: Composite,
    set: SelectionSetNode,
    grouped: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (isLeftOut(selection, this.variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = grouped.get(key);
        if (known) known.push(selection);
        else grouped.set(key, [selection]);
        continue;
      }
      let fragment: {
        typeCondition?: FragmentDefinitionNode['typeCondition'] | undefined;
        selectionSet: SelectionSetNode;
      };
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const named = this.fragments.get(selection.name.value);
        if (!named || visited.has(named.name.value)) continue;
        visited.add(named.name.value);
        fragment = named;
      } else fragment = selection;
      if (this.applies(fragment.typeCondition?.name.value, type))
        this.collect(type, fragment.selectionSet, grouped, visited);
    }
  }

  private applies(condition: string | undefined, type: Composite): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }

  /**
   * The type whose fields an object has. Without a name, or under its interface's, an object has the fields of
   * the interface: the planner asks for the name only where the answer depends on it.
   */
  private actual(declared: GraphQLNamedOutputType, name: unknown): Composite | undefined {
    const type = this.schema.getType(String(name));
    if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
    if (type === declared) return type;
    return isAbstractType(declared) && this.schema.isSubType(declared, type) ? type : undefined;
  }

  private slot(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Slot {
    if (isNonNullType(type)) return { nonNull: true, shape: this.shape(type.ofType, sets) };
    return { nonNull: false, shape: this.shape(type, sets) };
  }

  private shape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Shape {
    if (isNonNullType(type)) return this.shape(type.ofType, sets);
    if (isListType(type)) return { kind: 'list', item: this.slot(type.ofType, sets) };
    if (isLeafType(type)) return { kind: 'leaf', answer: leafAnswer(type), name: type.name };
    // Compiled on first use: a type that never comes costs nothing, and fragments may fan out.
    const compiled = new Map<unknown, readonly SelectedField[] | undefined>();
    const select: Selector = (typename) => {
      const name = isObjectType(type) ? type.name : (typename ?? type.name);
      if (compiled.has(name)) return compiled.get(name);
      const actual = this.actual(type, name);
      if (!actual) return undefined;
      const fields = this.fields(actual, sets);
      compiled.set(name, fields);
      return fields;
    };
    return { kind: 'object', select };
  }
}

/** What graphql-js itself completed: the answer to __schema and __type. */
const OPAQUE: Shape = { kind: 'leaf', answer: (value) => value, name: 'introspection' };
