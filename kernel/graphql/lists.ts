import { listLoader, loaderPerArguments, rowLoader } from '../loader.ts';
import { decodeCursor, encodeCursor, foreignCursor, type Page, pageSize, toPage } from './connection.ts';

/** What a filtered list is asked with; `after` is the sort key of the last row seen. */
export interface ListArguments<Kind, Filter> {
  kind: Kind;
  filter: Filter;
  size: number;
  after: (string | null)[] | null;
}

/** How a list that hangs under many objects (and at the root) is read; both functions send one statement. */
export interface ListSource<Kind, Filter, Row> {
  /** Name of the list, to which its cursors are bound. */
  name: string;
  /** At most `size` rows of each parent after `after`, in order. */
  rows(
    args: ListArguments<Kind, Filter>,
    parents: readonly string[],
  ): Promise<readonly (Row & { parent: string })[]>;
  count(
    args: Pick<ListArguments<Kind, Filter>, 'kind' | 'filter'>,
    parents: readonly string[],
  ): Promise<readonly { parent: string; count: number }[]>;
  /** The sort key of a row, unique in the list. */
  keyOf(row: Row): readonly (string | null)[];
  /** Whether such a key is in a cursor: its seal keeps mistakes out, not forgery. */
  isKey(key: readonly (string | null)[]): boolean;
}

/** Whether it is a key of rows ordered by day, some without one, then by id. */
export function isDayAndId(key: readonly (string | null)[]): boolean {
  const [day, id] = key;
  return key.length === 2 && typeof id === 'string' && (day === null || (day !== undefined && isDay(day)));
}

function isDay(text: string): boolean {
  // PostgreSQL knows no year 0.
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/**
 * Reads pages of such a list. Within a request, parents that ask with the same arguments share one statement for
 * the rows and one for the counts, the latter only when `totalCount` is asked.
 */
export function pagesOf<Kind, Filter extends object, Row>(source: ListSource<Kind, Filter, Row>) {
  const rows = loaderPerArguments((args: ListArguments<Kind, Filter>) =>
    listLoader(
      (parents: readonly string[]) => source.rows(args, parents),
      (parent) => parent,
      (row) => row.parent,
    ),
  );
  const counts = loaderPerArguments((args: Pick<ListArguments<Kind, Filter>, 'kind' | 'filter'>) =>
    rowLoader(
      (parents: readonly string[]) => source.count(args, parents),
      (parent) => parent,
      (row) => row.parent,
    ),
  );
  return async (
    kind: Kind,
    parent: string,
    page: { filter: Filter; first?: number | null | undefined; after?: string | null | undefined },
  ): Promise<Page<Row>> => {
    const { filter } = page;
    const size = pageSize(page.first);
    const list = JSON.stringify([source.name, kind, parent, filter]);
    const after = decodeCursor(list, page.after);
    if (after !== null && !source.isKey(after)) throw foreignCursor();
    const fetched = await rows({ kind, filter, size: size + 1, after }).load(parent);
    return toPage<Row>(
      fetched,
      size,
      page.after,
      (row) => encodeCursor(list, source.keyOf(row)),
      async () => (await counts({ kind, filter }).load(parent))?.count ?? 0,
    );
  };
}
