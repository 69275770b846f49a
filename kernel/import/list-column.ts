import { fold } from '../text.ts';
import { type Column, type ColumnOptions, column } from './column.ts';

/** What stands between the items of a cell. */
const SEPARATOR = /\s*[,|/]\s*/;

/**
 * Several words of a closed list in one cell, « jargon, trop long »; stored as values between commas, each once, in
 * the order of the list.
 * @param labels words of the file (matched without case or accents) → the value to store
 */
export function severalOf<R extends boolean = false>(
  options: ColumnOptions<R> & { labels: Readonly<Record<string, string>> },
): Column<R> {
  const values = new Map(Object.entries(options.labels).map(([label, value]) => [fold(label), value]));
  const order = [...new Set(values.values())];
  return column(options, 'text', (cell) => {
    const found = itemsOf(cell).map((item) => values.get(fold(item)));
    if (found.includes(undefined)) {
      return {
        code: 'NOT_ALLOWED',
        message: `expected some of: ${Object.keys(options.labels).join(', ')}, with commas between them`,
      };
    }
    return order.filter((value) => found.includes(value)).join(',');
  });
}

/** Codes in one cell, « E4, E5 »; stored between commas, each once, in the order of their names, as `canonical` writes them. */
export function codes<R extends boolean = false>(
  options: ColumnOptions<R> & {
    pattern: RegExp;
    expected: string;
    canonical: (code: string) => string;
  },
): Column<R> {
  const whole = new RegExp(`^(?:${options.pattern.source})$`, options.pattern.flags.replace('g', ''));
  return column(options, 'text', (cell) => {
    const items = itemsOf(cell);
    if (!items.every((item) => whole.test(item)))
      return { code: 'BAD_CODE', message: `expected ${options.expected}` };
    return [...new Set(items.map(options.canonical))].sort().join(',');
  });
}

const itemsOf = (cell: string) => cell.split(SEPARATOR).filter((item) => item !== '');
