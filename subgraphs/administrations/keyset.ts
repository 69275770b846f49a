import { type RawBuilder, sql } from 'kysely';
import { badInput } from '../../kernel/errors.ts';
import { cleanText } from '../../kernel/text.ts';

/** One column of an order; `type` is how its value is read back from a cursor. */
export interface SortColumn {
  value: RawBuilder<unknown>;
  type: 'text' | 'numeric';
}

/** An order of a list. Its last column is unique, so that a page never repeats nor skips a row. */
export interface SortOrder {
  columns: readonly SortColumn[];
  descending?: boolean;
}

/** A row of an ordered list, with what its cursor is made of. */
export interface Sorted {
  sortKey: (string | null)[];
}

/** Where a page starts and how many rows to fetch: one more than shown, to know whether others follow. */
export interface Slice {
  after: (string | null)[] | null;
  limit: number;
}

export const text = (value: RawBuilder<unknown>): SortColumn => ({ value, type: 'text' });
export const numeric = (value: RawBuilder<unknown>): SortColumn => ({ value, type: 'numeric' });

/** `sortKey`, a text array: select it with every row of an ordered list. */
export function sortKey({ columns }: SortOrder): RawBuilder<(string | null)[]> {
  return sql`array[${sql.join(columns.map(({ value }) => sql`(${value})::text`))}]`;
}

/** The `order by` list. */
export function sortBy({ columns, descending }: SortOrder): RawBuilder<unknown> {
  const direction = descending ? sql` desc` : sql``;
  return sql.join(columns.map(({ value }) => sql`${value}${direction}`));
}

const DECIMAL = /^-?\d{1,20}(\.\d{1,20})?$/;
const ANY = /^/;

/**
 * The rows after a cursor's key. A cursor is sealed against mistakes, not against forgery: values that the
 * database could not read are refused here.
 */
export function isAfter(order: SortOrder, key: Slice['after']): RawBuilder<boolean> {
  if (key === null) return sql`true`;
  const { columns, descending } = order;
  const readable = columns.every(({ type }, index) => {
    const value = key[index];
    return typeof value === 'string' && (type === 'numeric' ? DECIMAL : ANY).test(cleanText(value, 'after'));
  });
  if (!readable || key.length !== columns.length) throw badInput('This cursor does not belong to this list.');
  const mine = sql.join(columns.map(({ value }) => value));
  const theirs = sql.join(columns.map(({ type }, index) => sql`${key[index]}::${sql.raw(type)}`));
  return descending ? sql`(${mine}) < (${theirs})` : sql`(${mine}) > (${theirs})`;
}

export interface Listing {
  /** From items that give one row per list, with its key as `scope.id`. */
  scopes: RawBuilder<unknown>;
  /** Columns of a row. */
  columns: RawBuilder<unknown>;
  /** `table alias where …`; it may refer to the scope. */
  rows: RawBuilder<unknown>;
  by: SortOrder;
  slice: Slice;
}

/**
 * One slice of each list, in one statement: rows carry the key of their list as `scope`, and come in order.
 * They are numbered once cut, so that an index which has them in order reads no more than the slice.
 */
export function slices<T>({ scopes, columns, rows, by, slice }: Listing): RawBuilder<T & Sorted & InScope> {
  return sql`
    select listed.* from ${scopes}
    cross join lateral (
      select scope.id as scope, cut.*, row_number() over () as "rank" from (
        select ${columns}, ${sortKey(by)} as "sortKey" from ${rows} and ${isAfter(by, slice.after)}
        order by ${sortBy(by)} limit ${slice.limit}
      ) cut
    ) listed
    order by listed.scope, listed."rank"`;
}

/** A row of one of several lists. */
export interface InScope {
  scope: string;
}

/** `scope (id)`: one list per key. */
export const scopesOf = (keys: readonly string[]) => sql`unnest(${keys}::text[]) as scope (id)`;
