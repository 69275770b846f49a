import { compareDecimals } from '../../../kernel/decimal.ts';
import {
  decodeCursor,
  encodeCursor,
  foreignCursor,
  type Page,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import type { Direction } from '../tables.ts';
import type { FigureRow } from './figure.row.ts';

export const FIGURE_ORDERS = ['RANK', 'VALUE_DESC', 'VALUE_ASC'] as const;

/** RANK puts the best first, whatever direction is better. */
export type FigureOrder = (typeof FIGURE_ORDERS)[number];

/** Whether greater values come first. */
export function isDescending(order: FigureOrder, direction: Direction): boolean {
  return order === 'RANK' ? direction === 'HIGHER_IS_BETTER' : order === 'VALUE_DESC';
}

/**
 * A page of figures that are all known: sorted by value then subject, those without a value last.
 *
 * @param list name of the list with everything its content and order depend on.
 */
export function pageOfFigures(
  rows: readonly FigureRow[],
  {
    list,
    descending,
    size,
    after,
  }: { list: string; descending: boolean; size: number; after: string | null },
): Page<FigureRow> {
  const order = byValue(descending);
  const key = decodeCursor(list, after);
  const last = key === null ? null : { value: key[0] ?? null, subject_id: key[1] ?? null };
  // A forged seal could hide anything, which is compared as a number.
  if (last?.value && !DECIMAL.test(last.value)) throw foreignCursor();
  const following = rows.filter((row) => last === null || order(row, last) > 0).sort(order);
  const cursorOf = (row: FigureRow) => encodeCursor(list, [row.value, row.subject_id]);
  return toPage(following.slice(0, size + 1), size, after, cursorOf, rows.length);
}

const DECIMAL = /^-?\d{1,30}(\.\d{1,30})?$/;

type Sortable = Pick<FigureRow, 'value' | 'subject_id'>;

function byValue(descending: boolean): (a: Sortable, b: Sortable) => number {
  return (a, b) => {
    if (a.value === null || b.value === null) {
      return Number(a.value === null) - Number(b.value === null) || bySubject(a, b);
    }
    const order = compareDecimals(a.value, b.value);
    return (descending ? -order : order) || bySubject(a, b);
  };
}

const bySubject = (a: Sortable, b: Sortable) => {
  const [left, right] = [a.subject_id ?? '', b.subject_id ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
};
