import { createHash } from 'node:crypto';
import type { ObjectRef } from '@pothos/core';
import { badInput } from '../errors.ts';
import { internalOnly } from './access.ts';
import type { HubBuilder, HubTypes, PageInfoShape } from './builder.ts';
import { DEFAULT_SIZE } from './costs.ts';

/** One page of a list: its rows and what leads to the next. */
export interface Page<T> {
  rows: readonly T[];
  cursorOf(row: T): string;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Size of the whole list; a function is called only when the field is asked. */
  totalCount: number | (() => Promise<number>);
}

/** The number of items asked, 20 by default; anything outside 1…`most` is BAD_USER_INPUT. */
export function pageSize(first: number | null | undefined, most = 100): number {
  if (first === null || first === undefined) return DEFAULT_SIZE;
  if (first < 1 || first > most) throw badInput(`"first" must be between 1 and ${most}, got ${first}.`);
  return first;
}

/**
 * An opaque cursor: the sort key of a row, bound to the list (with its order) that it came from.
 * `key` holds text only, so that decimals and dates come back as they were.
 */
export function encodeCursor(list: string, key: readonly (string | null)[]): string {
  const body = JSON.stringify(key);
  return Buffer.from(`${sealOf(list, body)}${body}`).toString('base64url');
}

/** The sort key in a cursor; BAD_USER_INPUT when it was altered or belongs to another list. */
export function decodeCursor(list: string, cursor: string | null | undefined): (string | null)[] | null {
  if (cursor === null || cursor === undefined) return null;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  const body = text.slice(SEAL_LENGTH);
  const key = text.slice(0, SEAL_LENGTH) === sealOf(list, body) ? keyIn(body) : null;
  if (key === null) throw foreignCursor();
  return key;
}

/** The refusal of a cursor that is none of the list's. */
export const foreignCursor = () =>
  badInput('This cursor does not belong to this list: pass an "endCursor" of the same list and order.');

/** The key written in a cursor; null when it is none, which only a forged seal can hide. */
function keyIn(body: string): (string | null)[] | null {
  try {
    const key: unknown = JSON.parse(body);
    const isKey = Array.isArray(key) && key.every((part) => part === null || isStorable(part));
    return isKey ? key : null;
  } catch {
    return null;
  }
}

/** Whether it is a text that a database can hold at all: a forged seal may hide what is none. */
const isStorable = (part: unknown) => typeof part === 'string' && part.isWellFormed() && !part.includes('\0');

const SEAL_LENGTH = 10;

/** A checksum, not a secret: it tells a cursor of another list or a damaged one, and hides nothing. */
function sealOf(list: string, body: string): string {
  return createHash('sha256')
    .update(list)
    .update('\0')
    .update(body)
    .digest('base64url')
    .slice(0, SEAL_LENGTH);
}

/** Cuts `size + 1` fetched rows to a page; `after` is the cursor that the request carried. */
export function toPage<T>(
  fetched: readonly T[],
  size: number,
  after: string | null | undefined,
  cursorOf: (row: T) => string,
  totalCount: Page<T>['totalCount'],
): Page<T> {
  return {
    rows: fetched.slice(0, size),
    cursorOf,
    hasNextPage: fetched.length > size,
    hasPreviousPage: Boolean(after),
    totalCount,
  };
}

/** `first` and `after`, the arguments of every connection. */
export function pageArguments<Context extends object>(builder: HubBuilder<Context>, most = 100) {
  return builder.args((t) => ({
    first: t.int({ description: `How many items, 1 to ${most}; 20 when omitted.` }),
    after: t.string({ description: 'The `endCursor` of the page before.' }),
  }));
}

interface Edge<T> {
  cursor: string;
  node: T;
}

/**
 * A Relay connection type `<Name>Connection` with its `<Name>Edge`, over a `Page` of rows.
 * Lists of entities that another subgraph owns have nullable items.
 */
export function connectionType<Context extends object, T>(
  builder: HubBuilder<Context>,
  PageInfo: ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<HubTypes<Context>>, PageInfoShape>,
  name: string,
  node: ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<HubTypes<Context>>, T>,
  options: { shareable?: boolean; internal?: boolean } = {},
) {
  const directives = {
    directives: {
      ...(options.shareable ? { shareable: {} } : {}),
      ...(options.internal ? internalOnly.directives : {}),
    },
  };
  const EdgeType = builder.objectRef<Edge<T>>(`${name}Edge`).implement({
    ...directives,
    description: `One item of a ${name}Connection, with its cursor.`,
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Opaque position of this item in its list.' }),
      node: t.field({ type: node, description: 'The item.', resolve: (edge) => edge.node as never }),
    }),
  });
  return builder.objectRef<Page<T>>(`${name}Connection`).implement({
    ...directives,
    description: `A page of a list of ${name}.`,
    fields: (t) => ({
      totalCount: t.int({
        description: 'Size of the whole list, all pages together.',
        resolve: ({ totalCount }) => (typeof totalCount === 'function' ? totalCount() : totalCount),
      }),
      nodes: t.field({
        type: [node],
        description: 'The items of this page.',
        resolve: (page) => page.rows as never,
      }),
      edges: t.field({
        type: [EdgeType],
        description: 'The items of this page, each with its cursor.',
        resolve: (page) => page.rows.map((row) => ({ cursor: page.cursorOf(row), node: row })),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where this page stands in the list.',
        resolve: (page) => ({
          startCursor: cursorAt(page, 0),
          endCursor: cursorAt(page, -1),
          hasNextPage: page.hasNextPage,
          hasPreviousPage: page.hasPreviousPage,
        }),
      }),
    }),
  });
}

function cursorAt<T>(page: Page<T>, index: number): string | null {
  const row = page.rows.at(index);
  return row === undefined ? null : page.cursorOf(row);
}
