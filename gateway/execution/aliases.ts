import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

/**
 * What the keys that clients choose begin with as long as an answer is merged. Without it an alias could stand
 * where the plan reads the key of an entity or its type: `networks { id: name }`.
 */
const PREFIX = 'alias_';

/** The key under which merged data holds a field. */
export function dataKeyOf({ alias, name }: FieldNode): string {
  return alias === undefined || alias.value === name.value ? name.value : PREFIX + alias.value;
}

/** The key of the client's that a key of merged data stands for. */
export const clientKeyOf = (key: string): string => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);

/** The document as the planner and the subgraphs get it. */
export function withDataKeys(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field(field) {
      const key = dataKeyOf(field);
      return key === field.name.value ? undefined : { ...field, alias: { kind: Kind.NAME, value: key } };
    },
  });
}
