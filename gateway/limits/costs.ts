import { type DirectiveNode, Kind, parse, type TypeNode, type ValueNode, valueFromASTUntyped } from 'graphql';

/** What `@listSize` says of a field. */
export interface ListSize {
  /** Items when no slicing argument is given. */
  assumed: number | undefined;
  /** Arguments whose value is the number of items. */
  slicing: readonly string[];
  /** Lists of the field's own type that have this size, such as the `nodes` of a connection. */
  sized: ReadonlySet<string>;
}

/** What the schema declares about the cost of asking a field. */
export interface FieldCost {
  weight: number | undefined;
  size: ListSize | undefined;
  /** Weights of the arguments that have one, by name. */
  args: ReadonlyMap<string, number>;
}

/** One field of an input type: its own weight, and the type of its value, whose fields may have theirs. */
interface InputField {
  weight: number;
  type: string;
}

/**
 * The declarations `@cost` and `@listSize` of a supergraph. They are read from its SDL: the schema that clients
 * see has lost them.
 */
export class Costs {
  private readonly fields = new Map<string, FieldCost>();
  private readonly types = new Map<string, number>();
  private readonly inputs = new Map<string, ReadonlyMap<string, InputField>>();
  private readonly weighedInputs = new Set<string>();

  constructor(supergraph: string) {
    for (const definition of parse(supergraph, { noLocation: true }).definitions) {
      if (!('name' in definition) || !definition.name) continue;
      const type = definition.name.value;
      if ('directives' in definition) {
        const weight = weightIn(definition.directives);
        if (weight !== undefined) this.types.set(type, weight);
      }
      if (definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
        const fields = (definition.fields ?? []).map(({ name, type, directives }) => [
          name.value,
          { weight: weightIn(directives) ?? 0, type: nameOf(type) },
        ]) satisfies [string, InputField][];
        this.inputs.set(type, new Map(fields));
      }
      if (
        definition.kind !== Kind.OBJECT_TYPE_DEFINITION &&
        definition.kind !== Kind.INTERFACE_TYPE_DEFINITION
      )
        continue;
      for (const { name, directives, arguments: args = [] } of definition.fields ?? []) {
        const weights = args.map((each) => [each.name.value, weightIn(each.directives) ?? 0] as const);
        const cost: FieldCost = {
          weight: weightIn(directives),
          size: sizeIn(directives),
          args: new Map(weights.filter(([, weight]) => weight > 0)),
        };
        if (cost.weight !== undefined || cost.size || cost.args.size > 0)
          this.fields.set(`${type}.${name.value}`, cost);
      }
    }
    this.weighInputs();
  }

  /** Undefined for a field about which nothing is declared. */
  field(type: string, name: string): FieldCost | undefined {
    return this.fields.get(`${type}.${name}`);
  }

  /** Weight declared for each object (or value) of a type. */
  type(name: string): number | undefined {
    return this.types.get(name);
  }

  /** Whether values of this input type may have a weight. */
  weighs(input: string): boolean {
    return this.weighedInputs.has(input);
  }

  /** Weight of the parts that are given in a coerced value of an input type. */
  ofInput(type: string, value: unknown): number {
    if (!this.weighs(type) || typeof value !== 'object' || value === null) return 0;
    if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + this.ofInput(type, item), 0);
    let sum = 0;
    for (const [name, given] of Object.entries(value)) {
      const field = this.inputs.get(type)?.get(name);
      if (!field || given === null || given === undefined) continue;
      sum += field.weight + this.ofInput(field.type, given);
    }
    return sum;
  }

  /** Finds the input types of which some part, however deep, has a weight. */
  private weighInputs(): void {
    for (let before = -1; before !== this.weighedInputs.size; ) {
      before = this.weighedInputs.size;
      for (const [type, fields] of this.inputs)
        for (const field of fields.values())
          if (field.weight > 0 || this.weighedInputs.has(field.type)) this.weighedInputs.add(type);
    }
  }
}

type Directives = readonly DirectiveNode[] | undefined;

function argumentsOf(directives: Directives, name: string): Map<string, ValueNode> | undefined {
  const directive = directives?.find((each) => each.name.value === name);
  return directive && new Map((directive.arguments ?? []).map((each) => [each.name.value, each.value]));
}

function weightIn(directives: Directives): number | undefined {
  const weight = argumentsOf(directives, 'cost')?.get('weight');
  return weight && Number(valueFromASTUntyped(weight));
}

function sizeIn(directives: Directives): ListSize | undefined {
  const given = argumentsOf(directives, 'listSize');
  if (!given) return undefined;
  const assumed = given.get('assumedSize');
  return {
    assumed: assumed?.kind === Kind.INT ? Number(assumed.value) : undefined,
    slicing: strings(given.get('slicingArguments')),
    sized: new Set(strings(given.get('sizedFields'))),
  };
}

function strings(value: ValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((item) => (item.kind === Kind.STRING ? [item.value] : []));
}

function nameOf(type: TypeNode): string {
  let inner: TypeNode = type;
  while (inner.kind !== Kind.NAMED_TYPE) inner = inner.type;
  return inner.name.value;
}
