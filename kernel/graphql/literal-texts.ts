import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  parseType,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An operation whose texts come as variables, and what they are. */
export interface Lifted {
  document: DocumentNode;
  texts: Record<string, string>;
}

/**
 * A valid document of one operation with each text that is an argument's whole value made a variable, which means the
 * same. What is compiled must hold no text of a client's: code would be made of it. Texts within lists and objects stay.
 */
export function withTextsAsVariables(schema: GraphQLSchema, document: DocumentNode): Lifted {
  const taken = new Set<string>();
  visit(document, { Variable: ({ name }) => void taken.add(name.value) });
  const texts: Record<string, string> = {};
  const definitions: VariableDefinitionNode[] = [];
  const types = new TypeInfo(schema);
  let next = 0;
  const free = (): string => {
    const name = `text${next++}`;
    return taken.has(name) ? free() : name;
  };
  const lifted = visit(
    document,
    visitWithTypeInfo(types, {
      Argument: ({ value, ...argument }) => {
        const type = types.getArgument()?.type;
        if (value.kind !== Kind.STRING || !type) return undefined;
        const name = free();
        texts[name] = value.value;
        const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } as const;
        definitions.push({ kind: Kind.VARIABLE_DEFINITION, variable, type: parseType(String(type)) });
        return { ...argument, value: variable };
      },
    }),
  );
  const declared = (operation: OperationDefinitionNode) => ({
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), ...definitions],
  });
  return { document: visit(lifted, { OperationDefinition: { leave: declared } }), texts };
}
