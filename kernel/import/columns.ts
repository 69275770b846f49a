import { compareDecimals } from '../decimal.ts';
import { fold } from '../text.ts';
import { type CellProblem, type Column, type ColumnOptions, column } from './column.ts';

/** Free text of at most `max` characters (default 10 000). */
export function text<R extends boolean = false>(options: ColumnOptions<R> & { max?: number }): Column<R> {
  const max = options.max ?? 10_000;
  return column(options, 'text', (cell) =>
    cell.length <= max ? cell : { code: 'TOO_LONG', message: `expected at most ${max} characters` },
  );
}

/** A code that matches `pattern` entirely; `expected` describes it (« a Code SP+, digits only »). */
export function code<R extends boolean = false>(
  options: ColumnOptions<R> & { pattern: RegExp; expected: string },
): Column<R> {
  const whole = new RegExp(`^(?:${options.pattern.source})$`, options.pattern.flags.replace('g', ''));
  return column(options, 'text', (cell) =>
    whole.test(cell) ? cell : { code: 'BAD_CODE', message: `expected ${options.expected}` },
  );
}

/** Group separators that French tools write between thousands: space, no-break and narrow no-break space. */
const SPACES = /[\s\u00a0\u202f]/g;
const DECIMAL = /^[+-]?(?:\d{1,18}|\d{1,3}(?:[\s\u00a0\u202f]\d{3}){1,5})(?:[.,]\d{1,12})?$/;
const unsigned = (cell: string) => cell.replace(/^[\u2212\u2013]/, '-').replace(/^\+/, '');

/**
 * An exact decimal: « 78,5 », « 78.5 », « 98,5 % », « 1 234,50 ». Kept as text with its own number of digits.
 * `min` and `max` are inclusive.
 */
export function decimal<R extends boolean = false>(
  options: ColumnOptions<R> & { min?: number; max?: number },
): Column<R> {
  const expected = `expected a number such as 78,5${rangeText(options)}`;
  return column(options, 'numeric', (cell) => {
    if (isCount(cell)) return outOfRange(cell, options) ?? cell;
    const bare = unsigned(cell.replace(/[\s\u00a0\u202f]*%$/, ''));
    if (!DECIMAL.test(bare)) return { code: 'NOT_A_DECIMAL', message: expected };
    const value = bare.replace(SPACES, '').replace(',', '.');
    return outOfRange(value, options) ?? value;
  });
}

/** A whole number; « 1 234 » is read as 1234. */
export function integer<R extends boolean = false>(
  options: ColumnOptions<R> & { min?: number; max?: number },
): Column<R> {
  const range = { min: options.min ?? -2_147_483_648, max: options.max ?? 2_147_483_647 };
  return column(options, 'integer', (cell) => {
    if (isCount(cell)) return outOfRange(cell, range) ?? cell;
    const bare = unsigned(cell);
    if (!DECIMAL.test(bare) || /[.,]/.test(bare)) {
      return { code: 'NOT_AN_INTEGER', message: `expected a whole number${rangeText(options)}` };
    }
    const value = bare.replace(SPACES, '');
    return outOfRange(value, range) ?? value;
  });
}

/** A day, `2023-10-30` or `30/10/2023`; a time after an ISO day is dropped. */
export function date<R extends boolean = false>(options: ColumnOptions<R>): Column<R> {
  const problem: CellProblem = {
    code: 'NOT_A_DATE',
    message: 'expected a date such as 2023-10-30 or 30/10/2023',
  };
  return column(
    options,
    'date',
    remembered((cell) => isoDay(cell) ?? problem),
  );
}

/** One of a closed list: labels of the file (matched without case or accents) → the value to store. */
export function oneOf<R extends boolean = false>(
  options: ColumnOptions<R> & { labels: Readonly<Record<string, string>> },
): Column<R> {
  const values = new Map(Object.entries(options.labels).map(([label, value]) => [fold(label), value]));
  const message = `expected one of: ${Object.keys(options.labels).join(', ')}`;
  const read = (cell: string): string | CellProblem =>
    values.get(fold(cell)) ?? { code: 'NOT_ALLOWED', message };
  return column(options, 'text', remembered(read));
}

/** The ISO form of a French or ISO day that exists in the calendar (1800 to 2199), else null. */
export function isoDay(cell: string): string | null {
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(cell);
  const iso = french ?? /^(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(cell);
  if (iso === null) return null;
  const [, first = '', month = '', last = ''] = iso;
  const [year, day] = french ? [last, first] : [first, last];
  // Day 0 of the next month is the last day of this one.
  const length = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const exists = month >= '01' && month <= '12' && day >= '01' && Number(day) <= length;
  return exists && year >= '1800' && year < '2200' ? `${year}-${month}-${day}` : null;
}

/** Days and labels repeat by the million: what was read once is not worked out again. */
function remembered<T>(read: (cell: string) => T): (cell: string) => T {
  const known = new Map<string, T>();
  return (cell) => {
    const found = known.get(cell);
    if (found !== undefined) return found;
    const value = read(cell);
    if (known.size < 10_000) known.set(cell, value);
    return value;
  };
}

/** Only digits, few enough for a number to hold them exactly: what most cells of numbers are. */
function isCount(cell: string): boolean {
  if (cell.length > 15) return false;
  for (let at = 0; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

const compare = (value: string, bound: number) =>
  isCount(value) && Number.isSafeInteger(bound)
    ? Number(value) - bound
    : compareDecimals(value, String(bound));

/** Compared exactly: 100.0000000000000001 is above 100. */
function outOfRange(value: string, { min, max }: { min?: number; max?: number }): CellProblem | null {
  const below = min !== undefined && compare(value, min) < 0;
  const above = max !== undefined && compare(value, max) > 0;
  return below || above
    ? { code: 'OUT_OF_RANGE', message: `expected a number${rangeText({ min, max })}` }
    : null;
}

function rangeText({ min, max }: { min?: number | undefined; max?: number | undefined }): string {
  if (min !== undefined && max !== undefined) return ` between ${min} and ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}
