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
