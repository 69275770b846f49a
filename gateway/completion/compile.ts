import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type LeafCheck, leafCheck } from './leaf.ts';

/** How a value of an operation's field is completed. */
export type Shape =
  | { kind: 'leaf'; check: LeafCheck; name: string }
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
  /** `Type.field`, for messages. */
  name: string;
  /** Constant answer: `__typename`. */
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
  if (!root) throw new Error(`The schema has no ${operation.operation} type`);
  return new Compiler(schema, document, variables).fields(root, [operation.selectionSet]);
}

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
  fields(type: GraphQLObjectType, selectionSets: readonly SelectionSetNode[]): readonly SelectedField[] {
    const grouped = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of selectionSets) this.collect(type, set, grouped, visited);
    const fields: SelectedField[] = [];
    for (const [key, nodes] of grouped) {
      const [node] = nodes;
      if (!node) continue;
      const field = node.name.value === '__typename' ? undefined : type.getFields()[node.name.value];
      if (field) {
        const sets = nodes.flatMap((each) => each.selectionSet ?? []);
        fields.push({ key, name: `${type.name}.${field.name}`, ...this.slot(field.type, sets) });
      } else if (node.name.value === '__typename') {
        fields.push({
          key,
          name: `${type.name}.__typename`,
          nonNull: true,
          shape: OPAQUE,
          constant: type.name,
        });
      } else fields.push({ key, name: `${type.name}.${node.name.value}`, nonNull: false, shape: OPAQUE });
    }
    return fields;
  }

  private collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    grouped: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of set.selections) {
      if (getDirectiveValues(GraphQLSkipDirective, selection, this.variables)?.if === true) continue;
      if (getDirectiveValues(GraphQLIncludeDirective, selection, this.variables)?.if === false) continue;
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

  private applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && this.schema.isSubType(wanted, type);
  }

  private slot(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Slot {
    if (isNonNullType(type)) return { nonNull: true, shape: this.shape(type.ofType, sets) };
    return { nonNull: false, shape: this.shape(type, sets) };
  }

  private shape(type: GraphQLOutputType, sets: readonly SelectionSetNode[]): Shape {
    if (isNonNullType(type)) return this.shape(type.ofType, sets);
    if (isListType(type)) return { kind: 'list', item: this.slot(type.ofType, sets) };
    if (isLeafType(type)) return { kind: 'leaf', check: leafCheck(type), name: type.name };
    // Compiled on first use: a type that never comes costs nothing, and fragments may fan out.
    const compiled = new Map<string, readonly SelectedField[] | undefined>();
    const fixed = isObjectType(type) ? type : undefined;
    const select: Selector = (typename) => {
      const name = fixed?.name ?? String(typename);
      if (compiled.has(name)) return compiled.get(name);
      const object = fixed ?? this.schema.getType(name);
      const fits =
        isObjectType(object) && (fixed || (isAbstractType(type) && this.schema.isSubType(type, object)));
      const fields = fits ? this.fields(object, sets) : undefined;
      compiled.set(fits ? name : '', fields);
      return fields;
    };
    return { kind: 'object', select };
  }
}

/** What graphql-js itself completed: the answer to __schema and __type. */
const OPAQUE: Shape = { kind: 'leaf', check: () => true, name: 'introspection' };
