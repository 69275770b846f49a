import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getIntrospectionQuery,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';
import { Refusal } from './refusal.ts';

/** True of the fields that the schema itself answers. */
export const isMeta = (field: string): boolean => field === '__schema' || field === '__type';

/**
 * How many objects each field of an introspection gives, roughly: a schema of 200 types of 12 fields, of which every
 * second type that wraps another wraps one more.
 */
const LISTS: Readonly<Record<string, number>> = {
  types: 200,
  fields: 12,
  args: 2,
  inputFields: 2,
  enumValues: 3,
  interfaces: 1,
  possibleTypes: 1,
  directives: 10,
  ofType: 0.5,
};

/** Larger than anything that is compared. */
const TOO_MANY = 1e9;

/** How much more than the whole schema, as the tools of GraphQL ask for it, may be asked at once. */
const MARGIN = 1.2;

/** Refuses an introspection that tells more of the schema than there is to know. @throws Refusal COST_LIMIT */
export function checkMeta(document: DocumentNode): void {
  if (new Tally(document).total() > WHOLE * MARGIN)
    throw new Refusal('COST_LIMIT', 'This asks for too much of the schema at once.');
}

/** Objects and values that the introspection of a document gives. Fragments that spread themselves are refused before. */
class Tally {
  private readonly document: DocumentNode;
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly known = new Map<string, number>();

  constructor(document: DocumentNode) {
    this.document = document;
    for (const each of document.definitions)
      if (each.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(each.name.value, each);
  }

  total(): number {
    let total = 0;
    for (const each of this.document.definitions)
      if (each.kind === Kind.OPERATION_DEFINITION) total += this.inside(each.selectionSet, false);
    return total;
  }

  private inside(set: SelectionSetNode | undefined, meta: boolean): number {
    let total = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const within = meta || isMeta(name);
        const below = this.inside(selection.selectionSet, within);
        const times = within && selection.selectionSet ? (LISTS[name] ?? 1) : 1;
        total += (within ? times : 0) + times * below;
      } else if (selection.kind === Kind.INLINE_FRAGMENT) total += this.inside(selection.selectionSet, meta);
      else total += this.fragment(selection.name.value, meta);
      total = Math.min(total, TOO_MANY);
    }
    return total;
  }

  private fragment(name: string, meta: boolean): number {
    const key = `${name} ${meta}`;
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.inside(this.fragments.get(name)?.selectionSet, meta);
      this.known.set(key, known);
    }
    return known;
  }
}

/** The whole schema, as the tools of GraphQL ask for it. */
const WHOLE = new Tally(
  parse(
    getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    }),
  ),
).total();
