import { getNamedType, isCompositeType, isLeafType } from 'graphql';
import { type Coordinate, fieldsOf } from './coordinates.ts';
import { type Asked, askAt, codesOf, type Desk, eachOf } from './desk.ts';
import { betrayal, firstHidden } from './hidden.ts';
import { observeInput } from './inputs.ts';
import type { Cell } from './matrix.ts';
import { refusalIn } from './refused.ts';
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

/** Most fields of a type that are asked in one request. */
const TOGETHER = 20;

/**
 * Tries each element over HTTP; the fields of a type are asked together while they are answered alike, but mutations
 * one by one.
 */
export async function observe(
  desk: Desk,
  coordinates: readonly Coordinate[],
): Promise<Map<string, Observed>> {
  const found = new Map<string, Observed>();
  const fields = coordinates.filter(({ kind }) => kind === 'field');
  const groups = Map.groupBy(fields, ({ type, name, open }) =>
    type === 'Mutation' ? name : `${type} ${open}`,
  );
  await eachOf([...groups.values()].flatMap(chunks), async (group) => {
    const all = await tryFields(desk, group);
    for (const field of group) found.set(field.name, all ?? (await tryFields(desk, [field])) ?? MIXED);
  });
  await eachOf(
    coordinates.filter(({ kind }) => kind !== 'field'),
    async (coordinate) => {
      const result = await observeInput(desk, coordinate);
      found.set(coordinate.name, typeof result === 'string' ? cell(result) : wrong(result.wrong));
    },
  );
  return found;
}

const MIXED = wrong('one field is answered like several');

const chunks = (fields: readonly Coordinate[]): Coordinate[][] =>
  Array.from({ length: Math.ceil(fields.length / TOGETHER) }, (_, index) =>
    fields.slice(index * TOGETHER, (index + 1) * TOGETHER),
  );

/**
 * Fields of a type: of one's own network, then of another and of none when that is part of the question. Undefined
 * when not all of several are answered alike: then they are asked one by one.
 */
async function tryFields(desk: Desk, fields: readonly Coordinate[]): Promise<Observed | undefined> {
  const type = fields[0]?.type ?? '';
  const route = routeTo(desk, type);
  const selection = fields.map((field) => selectionOf(desk, field)).join(' ');
  const document = documentOf(route, selection);
  const alone = fields.length === 1 ? fields[0] : undefined;
  const own = await askAt(desk, document);
  const refused = refusalIn(own, route, alone?.member);
  if (refused === 'several') return undefined;
  if (refused) return 'cell' in refused ? cell(refused.cell) : wrong(refused.wrong);
  if (isHidden(own)) {
    if (!alone && firstHidden(desk.open, route) === undefined) return undefined;
    const why = await betrayal(desk, route, alone?.member ?? '', selection);
    return why === null ? cell('hidden') : wrong(why);
  }
  const mistake = mistakeIn(own, route, fields);
  if (mistake !== null) return alone ? wrong(mistake) : undefined;
  const everywhere = route.root === 'mutation' ? 'write' : 'read';
  const live = type === 'Mutation' || objectsAt(route, own.data).length > 0;
  const open = route.root === 'query' && fields.every((field) => field.open);
  const asked = document.replaceAll(/idempotencyKey: "[^"]*"/g, '');
  const differs = fill(asked, desk.views, 'own') !== fill(asked, desk.views, 'other');
  if (!differs || (open && firstHidden(desk.open, route) === undefined)) return cell(everywhere, live);
  const other = await askAt(desk, document, 'other');
  const unknown = await askAt(desk, document, 'unknown');
  const same = (a: Asked, b: Asked, of: View, and: View) =>
    blank(a.text, desk.views, of) === blank(b.text, desk.views, and);
  const otherIsUnknown = same(other, unknown, 'other', 'unknown');
  if (same(own, unknown, 'own', 'unknown')) {
    if (!alone) return undefined;
    return otherIsUnknown
      ? cell('nothing')
      : wrong('only what is not the caller’s is told from what does not exist');
  }
  if (otherIsUnknown) {
    const nowhere = route.root === 'mutation' && codesOf(own).includes('NOT_FOUND');
    return nowhere ? cell('nothing') : cell('own', live);
  }
  const stranger = mistakeIn(other, route, fields);
  if (stranger !== null) return alone ? wrong(`of another network: ${stranger}`) : undefined;
  // Below what everybody may see, the other network's is there and nothing is in it.
  if (route.root === 'query' && !tells(other, route, fields))
    return cell(tells(own, route, fields) ? 'own' : 'nothing', live);
  return cell(everywhere, live);
}

/** Whether the answer holds anything of the fields. */
const tells = ({ data }: Asked, route: Route, fields: readonly Coordinate[]): boolean =>
  objectsAt(route, data).some((object) => fields.some(({ member }) => isSomething(object[member])));

function isSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return Boolean(value);
  return Object.entries(value).some(([name, inner]) => name !== '__typename' && isSomething(inner));
}

/** What mutations answer to who may write, when they do not do what they were sent. */
const CONTENT = ['BAD_USER_INPUT', 'CONFLICT', 'NOT_FOUND', 'IMPOSSIBLE_TRANSITION'];

const isHidden = (asked: Asked) =>
  (asked.data === undefined || asked.data === null) &&
  !codesOf(asked).some((code) => CONTENT.some((known) => known === code));

/** What is wrong with an answer that should hold the fields. Mutations may refuse what they were sent. */
function mistakeIn(asked: Asked, { root, steps }: Route, fields: readonly Coordinate[]): string | null {
  const tolerated = root === 'mutation' ? CONTENT : [];
  const bad = codesOf(asked).filter((code) => !tolerated.some((known) => known === code));
  if (bad.length > 0) return `${bad.join(', ')}: ${asked.text.slice(0, 300)}`;
  const objects = objectsAt({ root, steps }, asked.data);
  return objects.every((object) => fields.every(({ member }) => object[member] !== undefined))
    ? null
    : `no answer for it in ${asked.text}`;
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
  if (type === 'Mutation') simple.push('userErrors { code }');
  return `${call} { ${['__typename', ...simple].join(' ')} }`;
}
