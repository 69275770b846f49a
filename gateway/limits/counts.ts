import { type ASTNode, type DocumentNode, Kind, visit } from 'graphql';
import { fitText } from '../../kernel/text.ts';
import { atMost, Refusal, shown } from './refusal.ts';

/** Keys that JavaScript objects take for something else. */
const RESERVED = '__proto__';

/** Looks once at each node of a document, fragments where they are written. @throws Refusal */
export function checkCounts(document: DocumentNode): void {
  const aliases = new Map<string, number>();
  let directives = 0;
  let operations = 0;
  let fragments = 0;
  visit(document, {
    enter(node: ASTNode) {
      switch (node.kind) {
        case Kind.FIELD: {
          if (!node.alias) return;
          const name = node.name.value;
          const count = (aliases.get(name) ?? 0) + 1;
          aliases.set(name, count);
          atMost('aliases', count, `The field "${shown(name)}" has too many aliases`);
          if (node.alias.value === RESERVED) throw new Refusal('BAD_USER_INPUT', 'This alias is reserved.');
          return;
        }
        case Kind.DIRECTIVE:
          directives += 1;
          atMost('directives', directives, 'The document has too many directives');
          return;
        case Kind.OPERATION_DEFINITION:
          operations += 1;
          atMost('operations', operations, 'The document has too many operations');
          atMost('variables', node.variableDefinitions?.length ?? 0, 'An operation has too many variables');
          return;
        case Kind.FRAGMENT_DEFINITION:
          fragments += 1;
          atMost('fragments', fragments, 'The document has too many fragments');
          return;
        case Kind.VARIABLE:
        case Kind.OBJECT_FIELD:
          if (node.name.value === RESERVED) throw new Refusal('BAD_USER_INPUT', 'This name is reserved.');
          return;
        case Kind.STRING:
          if (!fitText(node.value))
            throw new Refusal('BAD_USER_INPUT', 'A text of the document holds characters that are not text.');
          return;
        default:
      }
    },
  });
}
