import {
  type ConstDirectiveNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { INTERNAL_TAG } from '../../kernel/graphql/access.ts';

/** One field of an object type of a subgraph, as its SDL declares it. */
export interface Declared {
  type: string;
  field: string;
  /** Name of the type that it gives. */
  gives: string;
  /** Whether the field itself is tagged `internal`; whether it itself asks for scopes. */
  tagged: boolean;
  scopes: readonly string[];
}

/** One object type of a subgraph. */
export interface DeclaredType {
  name: string;
  tagged: boolean;
  scopes: readonly string[];
  /** Fields of its first key, when the gateway may ask the subgraph for it by reference. */
  key: readonly string[] | null;
  fields: readonly Declared[];
}

/** The object types of a subgraph. */
export const declaredIn = (sdl: DocumentNode): DeclaredType[] =>
  sdl.definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION
      ? [typeOf({ ...definition, kind: Kind.OBJECT_TYPE_DEFINITION })]
      : [],
  );

function typeOf({ name, directives = [], fields = [] }: ObjectTypeDefinitionNode): DeclaredType {
  const keys = directives.filter((directive) => directive.name.value === 'key' && isResolvable(directive));
  const key = keys[0] && textOf(keys[0], 'fields')?.split(/\s+/);
  return {
    name: name.value,
    ...marksOf(directives),
    key: key ?? null,
    fields: fields.map((field) => ({
      type: name.value,
      field: field.name.value,
      gives: namedOf(field.type),
      ...marksOf(field.directives ?? []),
    })),
  };
}

function marksOf(directives: readonly ConstDirectiveNode[]) {
  const named = (name: string) => directives.filter((directive) => directive.name.value === name);
  return {
    tagged: named('tag').some((tag) => textOf(tag, 'name') === INTERNAL_TAG),
    scopes: named('requiresScopes').flatMap(scopesIn),
  };
}

const argument = (directive: ConstDirectiveNode, name: string) =>
  directive.arguments?.find((given) => given.name.value === name)?.value;

const textOf = (directive: ConstDirectiveNode, name: string): string | undefined => {
  const value = argument(directive, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
};

function isResolvable(key: ConstDirectiveNode): boolean {
  const value = argument(key, 'resolvable');
  return value?.kind !== Kind.BOOLEAN || value.value;
}

function scopesIn(directive: ConstDirectiveNode): string[] {
  const lists = argument(directive, 'scopes');
  if (lists?.kind !== Kind.LIST) return [];
  return lists.values.flatMap((list) =>
    list.kind === Kind.LIST
      ? list.values.flatMap((scope) => (scope.kind === Kind.STRING ? [scope.value] : []))
      : [],
  );
}

const namedOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedOf(type.type);

/** Types that anybody can come to: from the roots and by reference, through no field that asks for scopes. */
export function reachedByAnybody(types: readonly DeclaredType[]): Set<string> {
  const byName = new Map(types.map((type) => [type.name, type]));
  const waiting = types.filter(({ name, key }) => key || ['Query', 'Mutation'].includes(name));
  const reached = new Set(waiting.map(({ name }) => name));
  for (let type = waiting.shift(); type; type = waiting.shift()) {
    if (type.scopes.length > 0) continue;
    for (const { gives, scopes } of type.fields) {
      const next = byName.get(gives);
      if (!next || scopes.length > 0 || reached.has(gives)) continue;
      reached.add(gives);
      waiting.push(next);
    }
  }
  return reached;
}
