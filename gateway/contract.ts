import {
  addInaccessibleToUnreachableTypes,
  transformSupergraphToPublicSchema,
} from '@theguild/federation-composition';
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  visit,
} from 'graphql';
import { INTERNAL_TAG } from '../kernel/graphql/access.ts';

const INACCESSIBLE: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'inaccessible' },
};

const directivesOf = (node: ASTNode): readonly ConstDirectiveNode[] =>
  'directives' in node ? ((node.directives ?? []) as readonly ConstDirectiveNode[]) : [];

/**
 * The supergraph of the public contract, out of the whole one: what is tagged `internal` is inaccessible, and so
 * is every type that only such elements led to. A supergraph without the tag comes back as it is.
 */
export function publicSupergraph(sdl: string): string {
  const whole = parse(sdl, { noLocation: true });
  let hidden = 0;
  const marked: DocumentNode = visit(whole, {
    enter: (node) => {
      const directives = directivesOf(node);
      if (!directives.some(isInternal) || directives.some(isInaccessible)) return undefined;
      hidden += 1;
      return { ...node, directives: [...directives, INACCESSIBLE] };
    },
  });
  if (hidden === 0) return sdl;
  const closed = visit(marked, { ObjectTypeDefinition: closeWhenEmpty });
  return addInaccessibleToUnreachableTypes(nameOf, {
    supergraphDocumentNode: closed,
    publicDocumentNode: transformSupergraphToPublicSchema(closed),
  }).supergraphSdl;
}

/** A type of which nothing is left to read has no place in the contract. */
function closeWhenEmpty(type: ObjectTypeDefinitionNode): ObjectTypeDefinitionNode | undefined {
  if (type.directives?.some(isInaccessible)) return undefined;
  const open = type.fields?.some((field) => !field.directives?.some(isInaccessible)) ?? false;
  return open ? undefined : { ...type, directives: [...(type.directives ?? []), INACCESSIBLE] };
}

const isInaccessible = ({ name }: ConstDirectiveNode) => name.value === INACCESSIBLE.name.value;

const isInternal = ({ name, arguments: given }: ConstDirectiveNode) =>
  name.value === 'tag' &&
  given?.some(({ name: argument, value }) => argument.value === 'name' && isText(value, INTERNAL_TAG));

const isText = (value: ASTNode, text: string) => value.kind === Kind.STRING && value.value === text;

/** Names of federation's own elements in a supergraph that renames none. */
const nameOf = (identity: string, name: string) =>
  name.startsWith('@') ? name.slice(1) : `${identity.split('/').at(-1)}__${name}`;
