import { decodeCursor, encodeCursor, type Page, pageSize, toPage } from '../../kernel/graphql/connection.ts';
import type { Optional } from './input.ts';
import type { Slice, Sorted } from './keyset.ts';

export interface PageArguments {
  first?: Optional<number>;
  after?: Optional<string>;
}

/** One list as it was asked: the slice to fetch, and how the rows of that slice become a page. */
export interface AskedPage {
  slice: Slice;
  toPage<T extends Sorted>(rows: readonly T[], totalCount: Page<T>['totalCount']): Page<T>;
}

/**
 * Reads `first` and `after`.
 *
 * @param list what the list is: its name and everything that its content and order depend on. A cursor of
 *   another list is refused.
 */
export function askPage(list: readonly unknown[], { first, after }: PageArguments, most = 100): AskedPage {
  const name = JSON.stringify(list);
  const size = pageSize(first, most);
  const cursorOf = (row: Sorted) => encodeCursor(name, row.sortKey);
  return {
    slice: { after: decodeCursor(name, after), limit: size + 1 },
    toPage: (rows, totalCount) => toPage(rows, size, after, cursorOf, totalCount),
  };
}
