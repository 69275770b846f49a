import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
  Kind,
  visit,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;
type Selection = FieldNode | FragmentSpreadNode | InlineFragmentNode;

const isCondition = ({ name }: DirectiveNode) => name.value === 'skip' || name.value === 'include';

/** True when @skip or @include leave the selection out. */
export function isLeftOut(selection: Selection, variables: Variables): boolean {
  if (!selection.directives?.length) return false;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false;
}

/** Names of the variables on which @skip and @include depend. */
export function conditionsOf(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      if (!isCondition(directive)) return;
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/**
 * The document as it is once the conditions are known. The planner never sees one: where a condition decides
 * about a step, it forgets the others, and subgraphs execute, and may fail on, what the client left out.
 */
export function withoutConditions(document: DocumentNode, variables: Variables): DocumentNode {
  const decide = (selection: Selection): Selection | null | undefined => {
    if (!selection.directives?.length) return undefined;
    if (isLeftOut(selection, variables)) return null;
    return { ...selection, directives: selection.directives.filter((directive) => !isCondition(directive)) };
  };
  return visit(document, {
    Field: decide,
    FragmentSpread: decide,
    InlineFragment: decide,
    SelectionSet: {
      leave: (set) => (set.selections.length === 0 ? { ...set, selections: [TYPENAME] } : undefined),
    },
  });
}
