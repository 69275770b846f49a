import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { MOST } from './bounds.ts';
import { isMeta } from './meta.ts';
import { atMost, Refusal, shown } from './refusal.ts';

/** A selection with its fragments written out. */
interface Extent {
  /** Fields within fields, those of the schema about itself apart. */
  depth: number;
  metaDepth: number;
  fields: number;
}

/**
 * Measures what the fragments of a document make of it, without writing them out: depth, fields, and how many
 * selections an answer merges.
 * @throws Refusal; GRAPHQL_VALIDATION_FAILED for a fragment that spreads itself
 */
export function checkExpansion(document: DocumentNode): void {
  const fragments = fragmentsOf(document);
  const measure = new Measure(fragments);
  // A fragment that nothing spreads is validated all the same.
  for (const name of fragments.keys()) measure.fragment(name);
  let fields = 0;
  for (const each of document.definitions) {
    if (each.kind !== Kind.OPERATION_DEFINITION && each.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const extent = measure.selection(each.selectionSet);
    atMost('depth', extent.depth, 'Fields are nested too deep');
    atMost('metaDepth', extent.metaDepth, 'Fields of the schema are nested too deep');
    fields += each.kind === Kind.OPERATION_DEFINITION ? extent.fields : 0;
    atMost('fields', Math.max(fields, extent.fields), 'The document asks for too many fields');
  }
  const merge = new Merge(fragments);
  for (const each of document.definitions)
    if (each.kind === Kind.OPERATION_DEFINITION || each.kind === Kind.FRAGMENT_DEFINITION)
      merge.selections([each.selectionSet]);
}

/** Fields of the operations of a document that `checkExpansion` let pass, with its fragments written out. */
export function fieldsOf(document: DocumentNode): number {
  const measure = new Measure(fragmentsOf(document));
  return document.definitions.reduce(
    (sum, each) =>
      each.kind === Kind.OPERATION_DEFINITION ? sum + measure.selection(each.selectionSet).fields : sum,
    0,
  );
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function fragmentsOf(document: DocumentNode): Fragments {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  return fragments;
}

class Measure {
  private readonly fragments: Fragments;
  /** Undefined while it is measured. */
  private readonly known = new Map<string, Extent | undefined>();

  constructor(fragments: Fragments) {
    this.fragments = fragments;
  }

  fragment(name: string): Extent {
    const known = this.known.get(name);
    if (known) return known;
    if (this.known.has(name)) throw cycle(name);
    this.known.set(name, undefined);
    const extent = this.selection(this.fragments.get(name)?.selectionSet);
    this.known.set(name, extent);
    return extent;
  }

  selection(set: SelectionSetNode | undefined): Extent {
    const total: Extent = { depth: 0, metaDepth: 0, fields: 0 };
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const below = this.selection(selection.selectionSet);
        const meta = isMeta(selection.name.value);
        total.depth = Math.max(total.depth, meta ? 1 : below.depth + 1);
        total.metaDepth = Math.max(total.metaDepth, meta ? below.depth + 1 : below.metaDepth);
        total.fields += below.fields + 1;
      } else {
        const inside =
          selection.kind === Kind.INLINE_FRAGMENT
            ? this.selection(selection.selectionSet)
            : this.fragment(selection.name.value);
        total.depth = Math.max(total.depth, inside.depth);
        total.metaDepth = Math.max(total.metaDepth, inside.metaDepth);
        // A fragment counts by itself too: without a field, spreading it would be free.
        total.fields += inside.fields + 1;
      }
      // Else the numbers of a hostile document leave the exact integers.
      total.fields = Math.min(total.fields, MOST.fields + 1);
    }
    return total;
  }
}

function cycle(name: string): GraphQLError {
  return new GraphQLError(`Cannot spread fragment "${shown(name)}" within itself.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
}

/** Counts selections that come under one key of one object, as an answer merges them. */
class Merge {
  private readonly fragments: Fragments;
  private pairs = 0;

  constructor(fragments: Fragments) {
    this.fragments = fragments;
  }

  selections(sets: readonly SelectionSetNode[]): void {
    const byKey = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.collect(set, byKey, visited);
    for (const [key, nodes] of byKey) {
      atMost('repeats', nodes.length, `The field "${shown(key)}" is selected too often in one place`);
      this.pairs += (nodes.length * (nodes.length - 1)) / 2;
      if (this.pairs > MOST.pairs)
        throw new Refusal('COST_LIMIT', 'The same fields are selected too often: select each of them once.');
      const below = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) this.selections(below);
    }
  }

  private collect(set: SelectionSetNode, byKey: Map<string, FieldNode[]>, visited: Set<string>): void {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = byKey.get(key);
        if (nodes) nodes.push(selection);
        else byKey.set(key, [selection]);
        continue;
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.collect(selection.selectionSet, byKey, visited);
        continue;
      }
      const fragment = this.fragments.get(selection.name.value);
      if (!fragment || visited.has(fragment.name.value)) continue;
      visited.add(fragment.name.value);
      this.collect(fragment.selectionSet, byKey, visited);
    }
  }
}
