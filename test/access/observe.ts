import { getNamedType, isCompositeType, isLeafType } from 'graphql';
import { type Coordinate, fieldsOf } from './coordinates.ts';
import { type Asked, askAt, codesOf, type Desk, eachOf } from './desk.ts';
import { betrayal } from './hidden.ts';
import { observeInput } from './inputs.ts';
import type { Cell } from './matrix.ts';
import { documentOf, objectsAt, type Route } from './route.ts';
import { blank, callOf, fill, type View } from './samples.ts';

/** What a caller really gets of an element: a cell of the matrix, or what is wrong. */
export interface Observed {
  cell: Cell | `wrong: ${string}`;
  /** Whether there was an object to read it of; of mutations and refusals this is not asked. */
  live: boolean;
}

const cell = (cell: Cell, live = true): Observed => ({ cell, live });
const wrong = (why: string): Observed => ({ cell: `wrong: ${why}`, live: true });

/** Tries each element over HTTP; what both contracts have is asked together, type by type. */
export async function observe(
  desk: Desk,
  coordinates: readonly Coordinate[],
): Promise<Map<string, Observed>> {
  const found = new Map<string, Observed>();
  const together = Map.groupBy(
    coordinates.filter(({ kind, open }) => kind === 'field' && open),
    ({ type }) => type,
  );
  const alone = coordinates.filter(({ kind, open }) => kind !== 'field' || !open);
  await eachOf([...together.values()], async (fields) => {
    const all = await tryTogether(desk, fields);
    for (const field of fields) found.set(field.name, all ?? (await tryField(desk, field)));
  });
  await eachOf(alone, async (coordinate) => {
    const { kind } = coordinate;
    found.set(
      coordinate.name,
      kind === 'field' ? await tryField(desk, coordinate) : asObserved(await observeInput(desk, coordinate)),
    );
  });
  return found;
}

const asObserved = (result: Cell | { wrong: string }): Observed =>
  typeof result === 'string' ? cell(result) : wrong(result.wrong);

/** All fields of a type in one request; undefined when anything is not simply answered. */
async function tryTogether(desk: Desk, fields: readonly Coordinate[]): Promise<Observed | undefined> {
  const route = routeTo(desk, fields[0]?.type ?? '');
  const asked = await askAt(
    desk,
    documentOf(route, fields.map((field) => selectionOf(desk, field)).join(' ')),
  );
  if (asked.errors || asked.status !== 200) return undefined;
  const objects = objectsAt(route, asked.data);
  const whole = objects.every((object) => fields.every(({ member }) => object[member] !== undefined));
  return whole ? cell('read', objects.length > 0) : undefined;
}

/** One field alone: of one's own network, then of another and of none when that is part of the question. */
async function tryField(desk: Desk, field: Coordinate): Promise<Observed> {
  const route = routeTo(desk, field.type);
  const document = documentOf(route, selectionOf(desk, field));
  const own = await askAt(desk, document);
  if (codesOf(own).includes('FORBIDDEN')) return refused(own, route, field);
  if (isHidden(own)) {
    const why = await betrayal(desk, route, field.member, selectionOf(desk, field));
    return why === null ? cell('hidden') : wrong(why);
  }
  const mistake = mistakeIn(own, route, field);
  if (mistake !== null) return wrong(mistake);
  const everywhere = route.root === 'mutation' ? 'write' : 'read';
  const live = field.type === 'Mutation' || objectsAt(route, own.data).length > 0;
  if (fill(document, desk.views, 'own') === fill(document, desk.views, 'other'))
    return cell(everywhere, live);
  const other = await askAt(desk, document, 'other');
  const unknown = await askAt(desk, document, 'unknown');
  const same = (a: Asked, b: Asked, of: View, and: View) =>
    blank(a.text, desk.views, of) === blank(b.text, desk.views, and);
  if (same(own, unknown, 'own', 'unknown'))
    return wrong('what is the caller’s is answered like what does not exist');
  if (same(other, unknown, 'other', 'unknown')) return cell('own', live);
  const stranger = mistakeIn(other, route, field);
  return stranger === null ? cell(everywhere, live) : wrong(`of another network: ${stranger}`);
}

/** A refusal must say FORBIDDEN on the way to the field, and nothing of the value. */
function refused({ text, data, errors = [] }: Asked, { steps }: Route, { member }: Coordinate): Observed {
  const way = [...steps.map(({ field }) => field), member];
  const off = errors.find(
    ({ path = [], extensions }) =>
      extensions.code !== 'FORBIDDEN' || fieldsIn(path).some((name, depth) => name !== way[depth]),
  );
  if (off) return wrong(`the refusal is ${text}`);
  return leaves(data).length > 0 ? wrong(`it refuses and tells ${text}`) : cell('forbidden');
}

const fieldsIn = (path: readonly (string | number)[]) =>
  path.filter((segment) => typeof segment === 'string');

const leaves = (value: unknown): unknown[] => {
  if (typeof value !== 'object' || value === null) return value == null ? [] : [value];
  return Object.values(value).flatMap(leaves);
};

const isHidden = (asked: Asked) =>
  asked.data === undefined || asked.data === null ? !codesOf(asked).includes('UNAUTHENTICATED') : false;

/** What is wrong with an answer that should hold the field. Mutations may refuse what they were sent. */
function mistakeIn(asked: Asked, { root, steps }: Route, { member }: Coordinate): string | null {
  const content = ['BAD_USER_INPUT', 'CONFLICT', 'NOT_FOUND'];
  const tolerated = root === 'mutation' ? content : [];
  const bad = codesOf(asked).filter((code) => !tolerated.some((known) => known === code));
  if (bad.length > 0) return `${bad.join(', ')}: ${asked.text.slice(0, 300)}`;
  const objects = objectsAt({ root, steps }, asked.data);
  return objects.every((object) => object[member] !== undefined) ? null : `no answer for it in ${asked.text}`;
}

function routeTo({ routes }: Desk, type: string): Route {
  const route = routes.get(type);
  if (!route) throw new Error(`Nothing leads to the type ${type}.`);
  return route;
}

/** A field as it is asked; of an object its simple fields, which tell one from another. */
export function selectionOf({ whole, open }: Desk, { type, member }: Coordinate): string {
  const field = fieldsOf(whole.getType(type)).find(({ name }) => name === member);
  if (!field) throw new Error(`${type} has no ${member}.`);
  const call = callOf(type, field);
  const target = getNamedType(field.type);
  if (!isCompositeType(target)) return call;
  const simple = fieldsOf(open.getType(target.name) ?? target)
    .filter(({ type: given, args }) => isLeafType(getNamedType(given)) && args.length === 0)
    .map(({ name }) => name);
  return `${call} { ${['__typename', ...simple].join(' ')} }`;
}
