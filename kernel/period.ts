import { badInput } from './errors.ts';

export const PERIOD_GRAINS = ['YEAR', 'SEMESTER', 'QUARTER', 'MONTH'] as const;

/** Length of a period. */
export type PeriodGrain = (typeof PERIOD_GRAINS)[number];

/** A span of whole months; `start` and `end` are ISO dates, both included. */
export interface Period {
  label: string;
  grain: PeriodGrain;
  start: string;
  end: string;
}

/** Years have four digits and begin in 1000: `Date` takes 23 for 1923, and PostgreSQL knows no year 0. */
const FORM = /^([1-9]\d{3})(?:-(?:S([12])|T([1-4])|(0[1-9]|1[0-2])))?$/;
const MONTHS: Record<PeriodGrain, number> = { YEAR: 12, SEMESTER: 6, QUARTER: 3, MONTH: 1 };

/** Reads `2023`, `2023-S1`, `2023-T3` or `2023-07`; throws BAD_USER_INPUT for anything else. */
export function parsePeriod(label: string): Period {
  const found = FORM.exec(label);
  if (!found) {
    throw badInput(`Unknown period "${label.slice(0, 20)}": expected 2023, 2023-S1, 2023-T3 or 2023-07.`);
  }
  const [, year = '', semester, quarter, month] = found;
  const grain = semester ? 'SEMESTER' : quarter ? 'QUARTER' : month ? 'MONTH' : 'YEAR';
  const rank = Number(semester ?? quarter ?? month ?? 1);
  const last = rank * MONTHS[grain];
  const first = last - MONTHS[grain] + 1;
  return {
    label,
    grain,
    start: `${year}-${twoDigits(first)}-01`,
    end: `${year}-${twoDigits(last)}-${daysIn(Number(year), last)}`,
  };
}

const twoDigits = (month: number) => String(month).padStart(2, '0');

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days of a month, 1 to 12, in the Gregorian calendar. */
const daysIn = (year: number, month: number) =>
  month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : DAYS[month - 1];

/** The label of the period of this grain that starts on `start` (ISO date). */
export function periodLabel(grain: PeriodGrain, start: string): string {
  const year = start.slice(0, 4);
  const month = Number(start.slice(5, 7));
  if (grain === 'YEAR') return year;
  if (grain === 'MONTH') return `${year}-${start.slice(5, 7)}`;
  return `${year}-${grain === 'SEMESTER' ? 'S' : 'T'}${Math.ceil(month / MONTHS[grain])}`;
}

/** The period of this grain that holds `date` (ISO date). */
export function periodOf(grain: PeriodGrain, date: string): Period {
  const month = Number(date.slice(5, 7));
  const first = month - ((month - 1) % MONTHS[grain]);
  return parsePeriod(periodLabel(grain, `${date.slice(0, 4)}-${twoDigits(first)}-01`));
}
