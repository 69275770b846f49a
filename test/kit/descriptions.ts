import { type ASTNode, parse, visit } from 'graphql';

/** The elements of an SDL and those of them without a description, as `Type`, `Type.field`, `Type.field.argument`. */
export function undescribed(sdl: string): { elements: number; missing: string[] } {
  const missing: string[] = [];
  let elements = 0;
  visit(parse(sdl), {
    enter(node, _key, _parent, _path, ancestors) {
      if (!isDescribable(node) || !('name' in node) || node.name === undefined) return;
      elements += 1;
      const described = 'description' in node && node.description?.value.trim();
      if (!described) missing.push([...ancestors.flatMap(named), node.name.value].join('.'));
    },
  });
  return { elements, missing };
}

/** The types that several SDLs declare with different descriptions, of which composition would keep the first. */
export function describedTwice(sdls: readonly string[]): string[] {
  const said = new Map<string, Set<string>>();
  for (const definition of sdls.flatMap((sdl) => parse(sdl).definitions)) {
    if (!('description' in definition) || !('name' in definition) || !definition.name) continue;
    const name = definition.name.value;
    said.set(name, (said.get(name) ?? new Set()).add(definition.description?.value ?? ''));
  }
  return [...said].filter(([, texts]) => texts.size > 1).map(([name]) => name);
}

const DESCRIBABLE = new Set<string>([
  'ScalarTypeDefinition',
  'ObjectTypeDefinition',
  'InterfaceTypeDefinition',
  'UnionTypeDefinition',
  'EnumTypeDefinition',
  'InputObjectTypeDefinition',
  'FieldDefinition',
  'InputValueDefinition',
  'EnumValueDefinition',
]);

const isDescribable = (node: ASTNode) => DESCRIBABLE.has(node.kind);

const named = (ancestor: ASTNode | readonly ASTNode[]): string[] =>
  'kind' in ancestor && 'name' in ancestor && ancestor.name?.kind === 'Name' ? [ancestor.name.value] : [];
