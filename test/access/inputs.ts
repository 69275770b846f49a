import { isInputObjectType, isRequiredInputField } from 'graphql';
import type { Coordinate } from './coordinates.ts';
import { askAt, type Desk } from './desk.ts';
import { unexpected } from './hidden.ts';
import type { Cell } from './matrix.ts';

/**
 * Arguments, enum values and fields of inputs that only the internal contract has: what introspection shows of them,
 * and for who has the public contract how a document that names one is answered.
 */
export async function observeInput(desk: Desk, coordinate: Coordinate): Promise<Cell | { wrong: string }> {
  const { type, kind } = coordinate;
  if ((await shownOf(desk, type, LISTS[kind])).includes(pathOf(coordinate))) return 'shown';
  const document = naming(desk, coordinate);
  const asked = await askAt(desk, document);
  if (asked.data !== undefined)
    return { wrong: `hidden, but a document that names it is answered ${asked.text}` };
  const why = unexpected(desk, document, asked);
  return why === null ? 'hidden' : { wrong: why };
}

const shown = new WeakMap<Desk, Map<string, Promise<string[]>>>();

/** What introspection lists of a type, asked once per desk. */
function shownOf(desk: Desk, type: string, list: string): Promise<string[]> {
  const known = shown.get(desk) ?? new Map<string, Promise<string[]>>();
  shown.set(desk, known);
  const document = `{ __type(name: "${type}") { ${list} } }`;
  const names = known.get(document) ?? askAt(desk, document).then(({ data }) => namesIn(data));
  known.set(document, names);
  return names;
}

const LISTS = {
  field: 'name',
  argument: 'fields { name args { name } }',
  'enum value': 'enumValues { name }',
  'input field': 'inputFields { name }',
} as const;

/** `member`, or `member argument`, as introspection lists it. */
const pathOf = ({ kind, member, name }: Coordinate) =>
  kind === 'argument' ? `${member} ${argumentOf(name)}` : member;

const argumentOf = (name: string) => /\((\w+):\)/.exec(name)?.[1] ?? '';

interface Listed {
  name: string;
  args?: Listed[];
}

function namesIn(data: unknown): string[] {
  const { __type } = data as { __type: Record<string, Listed[]> | null };
  return Object.values(__type ?? {}).flatMap((list) =>
    list.flatMap(({ name, args }) => args?.map((arg) => `${name} ${arg.name}`) ?? [name]),
  );
}

/** A document that names the element; what else is wrong with it is as wrong without the element. */
function naming({ whole }: Desk, { kind, type, member, name }: Coordinate): string {
  if (kind === 'argument')
    return `query { __typename ... on ${type} { ${member}(${argumentOf(name)}: null) } }`;
  if (kind === 'enum value') return `query ($v: ${type} = ${member}) { __typename }`;
  const input = whole.getType(type);
  const required = isInputObjectType(input)
    ? Object.values(input.getFields()).filter(isRequiredInputField)
    : [];
  const given = new Set([member, ...required.map((field) => field.name)]);
  return `query ($v: ${type} = { ${[...given].map((field) => `${field}: null`).join(', ')} }) { __typename }`;
}
