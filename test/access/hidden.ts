import { type GraphQLSchema, isInterfaceType, isObjectType, parse, validate } from 'graphql';
import { type Asked, askAt, type Desk } from './desk.ts';
import { documentOf, type Route } from './route.ts';
import { fill } from './samples.ts';

/** What graphql-js adds to a message when a name is like one that it knows. */
const SUGGESTION = / Did you mean [^\n]*?\?(?="|$)/g;

/**
 * What tells a caller of the public contract that an element exists: null when nothing does, because the answer is
 * the one of a schema that never had the element, and the one to a name that nobody ever used.
 */
export async function betrayal(
  desk: Desk,
  route: Route,
  member: string,
  selection: string,
): Promise<string | null> {
  const name = firstHidden(desk.open, route) ?? member;
  const document = documentOf(route, selection);
  const asked = await askAt(desk, document);
  if (asked.data !== undefined && asked.data !== null) return `it answers ${asked.text.slice(0, 200)}`;
  const madeUp = 'q'.repeat(name.length);
  const other = await askAt(desk, document.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), madeUp));
  const [mine, theirs] = [withoutName(asked, name), withoutName(other, madeUp)];
  if (mine !== theirs) return `it is answered ${mine}, and a made-up name ${theirs}`;
  return unexpected(desk, document, asked);
}

/** What graphql-js says of a document over a schema. */
export const saysOf = (schema: GraphQLSchema, document: string): string[] =>
  validate(schema, parse(document)).map(({ message }) => message);

/** Whether the messages, suggestions included, are those of graphql-js over a schema without the element. */
export function unexpected(desk: Desk, document: string, { errors = [] }: Asked): string | null {
  const expected = saysOf(desk.open, fill(document, desk.views, 'own'));
  const given = errors.map(({ message }) => message);
  // An operation that the schema has no type for is valid: only execution says so.
  if (expected.length === 0 || expected.join('\n') === given.join('\n')) return null;
  return `it is answered ${given.join(' ')} where a schema without it says ${expected.join(' ')}`;
}

/** The name on a route, or the operation's, that the public contract does not have. */
export function firstHidden(open: GraphQLSchema, { steps }: Route): string | undefined {
  return steps.find(({ parent, field }) => {
    const type = open.getType(parent);
    return !((isObjectType(type) || isInterfaceType(type)) && type.getFields()[field]);
  })?.field;
}

/** An answer as it would be for any name of that length; what it suggests is looked at apart. */
const withoutName = ({ status, headers, text }: Asked, name: string) =>
  `${status} ${headers} ${text
    .replaceAll(name, '…')
    .replaceAll(SUGGESTION, '')
    .replaceAll(/"requestId":"[^"]*"/g, '')}`;
