import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * Names of the fields asked anywhere below a field, through fragments, whatever their types and conditions: to read
 * less where certain fields are not among them. Worked out once for a document.
 */
export function fieldsBelow({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlySet<string> {
  const [node, ...others] = fieldNodes;
  const found = node && others.length === 0 ? known.get(node) : undefined;
  if (found) return found;
  const names = new Set<string>();
  const visited = new Set<string>();
  const visit = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        if (visited.has(name)) continue;
        visited.add(name);
        visit(fragments[name]?.selectionSet);
        continue;
      }
      if (selection.kind === Kind.FIELD) names.add(selection.name.value);
      visit(selection.selectionSet);
    }
  };
  for (const each of fieldNodes) visit(each.selectionSet);
  if (node && others.length === 0) known.set(node, names);
  return names;
}
